import re
from pathlib import Path

import pytest

from zaigang.look import fetch_assets

SOURCE = Path(fetch_assets.__file__).resolve().parents[1]


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What npm would have installed."""
    root = tmp_path / "node_modules"
    css, icons = root / "bootstrap" / "dist" / "css", root / "bootstrap-icons" / "icons"
    css.mkdir(parents=True)
    icons.mkdir(parents=True)
    (css / "bootstrap.min.css").write_text("a{b:c}\n/*# sourceMappingURL=bootstrap.min.css.map */")
    for name in fetch_assets.ICONS:
        (icons / f"{name}.svg").write_text(
            f'<svg class="bi" viewBox="0 0 16 16">\n  <path d="{name}"/>\n</svg>'
        )
    for package in ("bootstrap", "bootstrap-icons"):
        (root / package / "LICENSE").write_text("MIT")
    monkeypatch.setattr(fetch_assets, "_install", lambda work: root)
    return root


def test_files_and_licences_are_copied_once(packages: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    assert [fetch_assets.fetch(vendor), fetch_assets.fetch(vendor)] == [True, False]
    assert (vendor / "bootstrap.min.css").read_text() == "a{b:c}\n"
    assert {path.name for path in vendor.iterdir()} == {
        "bootstrap.min.css",
        "bootstrap.LICENSE.txt",
        "icons.svg",
        "bootstrap-icons.LICENSE.txt",
        "stamp",
    }
    symbols = re.findall(
        r'<symbol id="([^"]+)" viewBox="0 0 16 16"><path d="([^"]+)"/></symbol>',
        (vendor / "icons.svg").read_text(),
    )
    assert symbols == [(name, name) for name in fetch_assets.ICONS]


def test_a_copy_that_was_cut_short_is_made_again(packages: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    (packages / "bootstrap-icons" / "LICENSE").unlink()
    with pytest.raises(FileNotFoundError):
        fetch_assets.fetch(vendor)
    (packages / "bootstrap-icons" / "LICENSE").write_text("MIT")
    assert fetch_assets.fetch(vendor)


def test_every_icon_that_a_page_asks_for_is_fetched() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("templates/**/*.html"))
    assert set(re.findall(r'{% icon "([^"]+)"', pages)) - set(fetch_assets.ICONS) == set()


def test_the_lock_holds_hashes_and_no_address() -> None:
    lock = (fetch_assets.ASSETS / "package-lock.json").read_text(encoding="utf-8")
    assert re.findall(r'"resolved"|registry', lock) == []
    assert lock.count('"integrity": "sha512-') == 3
