"""How the loop over many people is compiled: in one piece, without the counting of references."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from zaigang.engines import jit

F = TypeVar("F", bound=Callable[..., Any])


#: The loop makes no array: without numba's counting of references, an atomic act for each array at each call, it
#: is five times as fast. (The option has an underscore; were it gone, the loop would refuse to be made.)
_WITHOUT_COUNTING: dict[str, Any] = {"_nrt": False}


def step(function: F) -> F:
    """A piece of the loop: compiled into whatever calls it, never by itself."""
    return cast(F, numba.njit(forceinline=True, **_WITHOUT_COUNTING)(function))


def kept(function: F) -> F:
    """The loop itself: compiled once for this machine and kept on its disk."""
    return jit.kept(function, **_WITHOUT_COUNTING)
