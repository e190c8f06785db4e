"""How the engines' loops are compiled, and where the compiled form is kept.

numba keeps it beside the source, or in the user's cache folder where the package is read-only, or where
`NUMBA_CACHE_DIR` says. Where none of these can be written the loop is compiled anew in each process.

numba looks only at the file of a loop to see whether what it kept is still good, though functions and constants of
other files are compiled into it. Here it is kept under a digest of all files that the loop's file imports.
"""

import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import IndexDataCacheFile

F = TypeVar("F", bound=Callable[..., Any])
#: numba's own, which tells no types: what was kept, good as long as the stamp is the same.
_INDEX: Any = IndexDataCacheFile
_ENGINES = Path(__file__).parent
#: As the house writes its imports; the digest is made at each start, so nothing is parsed.
_IMPORT = re.compile(r"^\s*from (zaigang\.engines[\w.]*) import (\([^)]*\)|.*)", re.MULTILINE)


#: Without numba's counting of references, which is an atomic act for each array at each call. (The option has an
#: underscore; were it gone, the loops would refuse to be made.)
WITHOUT_COUNTING: dict[str, Any] = {"_nrt": False}


def kept(function: F) -> F:
    """A loop, compiled once for this machine and kept on its disk."""
    return _kept(function, {})


def lean(function: F) -> F:
    """As `kept`, for a loop that makes no array: it is spared the counting, and is up to five times as fast."""
    return _kept(function, WITHOUT_COUNTING)


def step(function: F) -> F:
    """A piece of a lean loop: compiled into whatever calls it, never by itself."""
    return cast(F, numba.njit(forceinline=True, **WITHOUT_COUNTING)(function))


def _kept(function: F, options: dict[str, Any]) -> F:
    try:
        loop: Any = numba.njit(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # numba found no folder that it may write
        return cast(F, numba.njit(nogil=True, **options)(function))
    keeper = loop._cache
    keeper._cache_file = _INDEX(keeper.cache_path, keeper._impl.filename_base, stamp(_file_of(function)))
    return cast(F, loop)


def _file_of(function: Callable[..., Any]) -> Path:
    return Path(function.__code__.co_filename)


@cache
def stamp(file: Path) -> str:
    """A digest of a file's text and of all files of the engines that it is made from."""
    digest = sha256()
    for source in sources(file):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def sources(file: Path) -> list[Path]:
    """A file and the files of the engines that it imports, and that those import, and so on; by name."""
    found, new = {file}, [file]
    while new:
        further = _imported(new.pop()) - found
        found |= further
        new += further
    return sorted(found)


@cache
def _imported(file: Path) -> set[Path]:
    found = set()
    for module, names in _IMPORT.findall(file.read_text(encoding="utf-8")):
        found |= {_file(f"{module}.{name}") for name in re.findall(r"(\w+)(?: as \w+)?", names)}
    return found


def _file(name: str) -> Path:
    """The file of a module, or of the module in which a name stands."""
    place = _ENGINES.joinpath(*name.split(".")[2:])
    for path in (place.with_suffix(".py"), place / "__init__.py", place.parent.with_suffix(".py")):
        if path.is_file():
            return path
    return place.parent / "__init__.py"
