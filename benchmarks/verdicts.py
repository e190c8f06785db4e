"""How a measurement says whether its bar was kept. Its exit status says the same to `make bench`."""


def verdict(kept: bool) -> str:
    """The word at the end of a line."""
    return "ok" if kept else "MISSED"
