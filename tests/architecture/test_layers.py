"""import-linter sees imports; foreign keys given as strings, templates and the clock obey the same walls."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "zaigang"


def layers() -> list[set[str]]:
    """The layers of pyproject.toml, highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    written = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    return [set(re.findall(r"[a-z]+", line)) for line in written]


def height(stage: str) -> int:
    return next(len(layers()) - position for position, names in enumerate(layers()) if stage in names)


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("zaigang.")]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down_or_across(model: type[models.Model]) -> None:
    own = height(model._meta.app_label)
    upward = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model.__module__.startswith("zaigang.")
        and height(field.related_model._meta.app_label) > own
    ]
    assert upward == []


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_constraint_has_a_human_message(model: type[models.Model]) -> None:
    default = models.CheckConstraint.default_violation_error_message
    silent = [c.name for c in model._meta.constraints if str(c.violation_error_message) == str(default)]
    assert silent == []


def test_only_the_clock_asks_the_system_for_the_time() -> None:
    asks = re.compile(r"date\.today\(|datetime\.now\(|datetime\.utcnow\(|timezone\.now\(|localdate\(")
    guilty = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        if asks.search(path.read_text(encoding="utf-8")) and path != SOURCE / "foundation" / "clock.py"
    ]
    assert guilty == []


def test_no_file_is_over_four_hundred_lines() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path in sorted(SOURCE.rglob("*.py"))
        if len(path.read_text(encoding="utf-8").splitlines()) > 400
    ]
    assert long == []
