"""A copy of PostgreSQL's programs in a place that every account can read."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from zaigang.foundation.postgres.errors import PostgresError

PLACE = Path("/var/lib/zaigang")  # only root may write there, so nobody can slip in another program


def readable_copy(binaries: Path, place: Path = PLACE) -> Path:
    """Returns the bin folder of a copy under `place`, made now if there is none. For root only."""
    installed = binaries.resolve().parent
    seen = (binaries / "postgres").stat()
    name = hashlib.sha256(f"{installed} {seen.st_size} {seen.st_mtime_ns}".encode()).hexdigest()[:12]
    copy = place / f"postgres-{name}" / installed.parent.name / installed.name
    if not copy.exists():
        try:
            _copy(installed, place / f"postgres-{name}")
        except OSError as error:
            raise PostgresError(
                f"不能复制 PostgreSQL 程序：{error.strerror}", str(place), "请检查磁盘空间和写权限。"
            ) from error
    return copy / "bin"


def _copy(installed: Path, target: Path) -> None:
    """Keeps the layout of a wheel: its shared libraries lie beside the package, at a fixed relative path."""
    package = installed.parent
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    for folder in ("bin", "lib", "share"):
        if (installed / folder).is_dir():
            shutil.copytree(installed / folder, draft / package.name / installed.name / folder)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name)
    _open_for_reading(draft)
    try:
        draft.rename(target)
    except OSError:
        if not target.exists():
            raise
        shutil.rmtree(draft)  # another program has just made the same copy


def _open_for_reading(root: Path) -> None:
    for place, _, files in os.walk(root):
        os.chmod(place, 0o755)  # noqa: S103
        for name in files:
            file = Path(place, name)
            file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
