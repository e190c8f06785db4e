"""Whether a draft can be submitted: nothing that a form demands may be empty, however the check page was reached."""

from collections.abc import Mapping
from typing import Any

from zaigang.claims.blanks import Field, by_version, missing
from zaigang.claims.errors import NotFilled


def lacking(answers: Mapping[str, Any]) -> list[Field]:
    """The required cells of both forms that a draft's answers leave empty, in the order of the forms."""
    found: list[Field] = []
    for name in ("registration", "claim"):
        code, _at, version = answers["blanks"][name].partition("@")
        found += missing(by_version(code, version), answers[name])
    return found


def demand_filled(answers: Mapping[str, Any], label: str) -> None:
    """Raise `NotFilled`, with the cells by name, where something is lacking."""
    # The two forms share cells: one name is said once.
    names = dict.fromkeys(field.label for field in lacking(answers))
    if names:
        raise NotFilled(f"还有 {len(names)} 项没有填：{'、'.join(names)}", label, "请填好再核对、提交")
