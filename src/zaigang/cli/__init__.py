"""The command line: thin, one module for each group of commands."""

from zaigang.cli.root import main

__all__ = ["main"]
