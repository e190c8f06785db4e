"""The home folder is where the user said, and nobody else can look into it."""

from pathlib import Path

import pytest

from zaigang.foundation.home import zaigang_home


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"ZAIGANG_HOME": "{tmp}/named", "XDG_DATA_HOME": "{tmp}/xdg"}, "named"),
        ({"ZAIGANG_HOME": "", "XDG_DATA_HOME": "{tmp}/xdg"}, "xdg/zaigang"),
        ({"ZAIGANG_HOME": "", "XDG_DATA_HOME": "relative"}, "home/.local/share/zaigang"),
        ({"ZAIGANG_HOME": "~/mine"}, "home/mine"),
    ],
)
def test_the_first_place_that_is_named(
    environment: dict[str, str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value.format(tmp=tmp_path))
    assert zaigang_home() == tmp_path / expected
    assert (tmp_path / expected).stat().st_mode & 0o777 == 0o700
