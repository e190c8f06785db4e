#!/usr/bin/env python3
"""Django's own commands (makemigrations, shell …) on the database that `zaigang` uses."""

import sys

from django.core.management import execute_from_command_line

from zaigang.foundation.database import attach, chosen

if __name__ == "__main__":
    attach(chosen())
    execute_from_command_line(sys.argv)
