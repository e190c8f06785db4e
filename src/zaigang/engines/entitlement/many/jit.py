"""How the loops are compiled, and where the compiled form is kept.

numba keeps it beside the source, or in the user's cache folder where the package is read-only, or where
`NUMBA_CACHE_DIR` says. Where none of these can be written the loop is compiled anew in each process.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])
_HERE = Path(__file__).parent
#: What the loop takes constants from, beside its own package: the compiler writes them into what it makes.
CONSTANTS = ("calendar.py", "facts.py", "parameters.py", "plan.py")


#: The loop makes no array: without numba's counting of references, an atomic act for each array at each call, it
#: is five times as fast. (The option has an underscore; were it gone, the loop would refuse to be made.)
_WITHOUT_COUNTING: dict[str, Any] = {"_nrt": False}


def step(function: F) -> F:
    """A piece of the loop: compiled into whatever calls it, never by itself."""
    return cast(F, numba.njit(forceinline=True, **_WITHOUT_COUNTING)(function))


def kept(function: F) -> F:
    """The loop itself: compiled once for this machine and kept on its disk."""
    try:
        return cast(F, numba.njit(cache=True, nogil=True, **_WITHOUT_COUNTING)(function))
    except RuntimeError:  # numba found no folder that it may write
        return cast(F, numba.njit(nogil=True, **_WITHOUT_COUNTING)(function))


def stamp() -> str:
    """A digest of the sources that the compiled loop depends on.

    numba looks only at the file of the loop itself to see whether what it kept is still good. A loop made
    inside a function that holds this stamp is looked up under it, so that a change of any file counts.
    """
    digest = sha256()
    for path in [*sorted(_HERE.glob("*.py")), *(_HERE.parent / name for name in CONSTANTS)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()
