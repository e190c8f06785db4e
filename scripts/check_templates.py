#!/usr/bin/env python3
"""Every template compiles, is used, and holds no inline style or script (the content policy would block it)."""

import os
import re
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DATABASE_URL", "postgres:///unused")
os.environ.setdefault("ZAIGANG_HOME", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

SOURCE = Path(__file__).resolve().parents[1] / "src" / "zaigang"
#: Found by name from outside: allauth, Django and axes look these up themselves.
LOOKED_UP = re.compile(
    r"^(account|mfa|allauth|socialaccount|usersessions)/|^(400|403|403_csrf|404|500)\.html$"
)
INLINE = re.compile(r"\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=", re.IGNORECASE)


def names() -> dict[str, Path]:
    """Template name -> file."""
    found = {}
    for folder in SOURCE.glob("*/templates"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found[str(path.relative_to(folder))] = path
    return found


def problems() -> list[str]:
    """One line for each thing that is wrong."""
    found = names()
    texts = [p.read_text(encoding="utf-8") for p in (*SOURCE.rglob("*.py"), *found.values())]
    lines = []
    for name, path in found.items():
        if match := INLINE.search(path.read_text(encoding="utf-8")):
            lines.append(f"{name}: inline {match.group().strip()}")
        if not LOOKED_UP.search(name) and not any(
            f'"{name}"' in text or f"'{name}'" in text for text in texts
        ):
            lines.append(f"{name}: nobody uses it")
        try:
            get_template(name)
        except TemplateSyntaxError as error:
            lines.append(f"{name}: {error}")
    return lines


if __name__ == "__main__":
    django.setup()
    wrong = problems()
    print("\n".join(wrong) or f"{len(names())} templates")
    sys.exit(bool(wrong))
