"""OpenFisca-core as the peer of `engines/entitlement`, in an environment of its own.

`law.py` writes our parameter values in OpenFisca's form; `rules.py` says the same conditions, months and amounts in
its style; `peer.py` runs there, `ours.py` here, and both answer the same questions over a pipe.
"""
