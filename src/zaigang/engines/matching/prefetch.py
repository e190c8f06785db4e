"""Asks the processor for memory that a loop will need soon, so that it need not wait for it then.

The queues of the auction jump about in arrays far larger than the caches; who is next is known beforehand.
"""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

#: llvm.prefetch: to read, to keep in all caches, data.
_READ, _KEEP, _DATA = 0, 3, 1


def _fetch(_typing: Any, array: Any, index: Any) -> Any:
    """What numba calls to learn the types of `fetch` and how it is built."""

    def build(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        entry = builder.gep(context.make_array(array)(context, builder, given[0]).data, [given[1]])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        name = "llvm.prefetch.p0"
        ask = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
        builder.call(ask, [builder.bitcast(entry, byte), number(_READ), number(_KEEP), number(_DATA)])
        return context.get_dummy_value()

    return types.void(array, types.intp), build


#: `fetch(array, index)` in a compiled loop: the entry will be read soon. Changes nothing but the time.
fetch = cast(Callable[[NDArray[Any], int], None], intrinsic(_fetch))
