"""Files that a command writes: drafts beside the target until it is done, then all in place of the old ones.

No file system replaces two files in one act. All drafts are on the disk before the first takes its place, and the
others follow at once: only a kill or a power cut in these microseconds leaves one file new and the next one old (the
command then has not ended with status 0). One before them leaves `.zaigang-...` beside the target, and the old files.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TextIO

import click

from zaigang.foundation.errors import ZaigangError

_REASONS = {
    errno.ENOSPC: ("磁盘满了", "请腾出空间后再试。"),
    errno.EDQUOT: ("磁盘配额满了", "请腾出空间后再试。"),
    errno.ENOENT: ("没有这个文件夹", "请先建好文件夹。"),
    errno.EACCES: ("没有权限", "请换一个文件夹。"),
    errno.EROFS: ("没有权限", "请换一个文件夹。"),
    errno.EISDIR: ("这是一个文件夹", "请写文件的名字。"),
}


def refuse_same_files(written: dict[str, Path | None], read: dict[str, Path]) -> None:
    """UsageError where a file to write is one of the files to read, or is named twice."""
    seen = {path.resolve(): name for name, path in read.items()}
    for name, path in written.items():
        if path is None or _is_special(path):
            continue
        if (other := seen.setdefault(path.resolve(), name)) != name:
            raise click.UsageError(f"{name} 和 {other} 写的是同一个文件。")


@contextmanager
def drafts(*targets: Path | None) -> Iterator[list[TextIO | None]]:
    """An open text file for each target (None for None).

    Opened before the work, so that what cannot be written is known first. After it the old files are replaced, in the
    order of the targets; where anything fails, they stay as they were. Pipes and devices are written to directly.
    """
    made: list[tuple[Path, Path]] = []
    files: list[TextIO | None] = []
    try:
        for target in targets:
            with _in_words(target):
                files.append(None if target is None else _open(target, made))
        with _in_words(*targets):
            yield files
            _put_in_place(list(filter(None, files)), made)
    finally:
        for file in filter(None, files):
            with suppress(OSError):
                file.close()
        for draft, _ in made:
            draft.unlink(missing_ok=True)


def _put_in_place(files: list[TextIO], made: list[tuple[Path, Path]]) -> None:
    for file in files:
        file.flush()
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # a pipe has no disk
            os.fsync(file.fileno())
        file.close()
    for draft, final in made:
        draft.replace(final)
    for folder in dict.fromkeys(final.parent for _, final in made):
        _keep_names(folder)


def _keep_names(folder: Path) -> None:
    """The new names on the disk too; where a folder cannot be opened (Windows), the system sees to it in time."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def _in_words(*targets: Path | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason, advice = _REASONS.get(error.errno or 0, (str(error.strerror), "请换一个地方。"))
        where = "、".join(str(target) for target in targets if target is not None)
        raise ZaigangError(f"写不了文件：{reason}", where, advice) from None


def _open(target: Path, made: list[tuple[Path, Path]]) -> TextIO:
    """The target itself if it is a device, else a new draft in its folder with the rights of the file it replaces."""
    if _is_special(target):
        return target.open("w", encoding="utf-8", newline="")
    final = target.resolve()
    if final.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    draft = final.with_name(f".zaigang-{token_hex(4)}")
    file = draft.open("x", encoding="utf-8", newline="")
    made.append((draft, final))
    if final.exists():
        draft.chmod(final.stat().st_mode)
    return file


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()
