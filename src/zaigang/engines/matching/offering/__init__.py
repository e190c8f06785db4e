"""How lists of several offers are made: an auction with several units a worker, and a first one for everybody."""
