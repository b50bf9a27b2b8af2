"""Keeping memory between blocks: giving it back to the system and asking for it again is a third of the time."""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache

import numpy as np
import numpy.typing as npt

_LARGEST = (32 << 20) - (64 << 10)
"""Just under the 32 MB beyond which glibc always asks the system."""

_PAGE, _MADV_HUGEPAGE = 2 << 20, 14


@lru_cache(maxsize=1)
def keep_freed_memory() -> None:
    """Free one large array, once: glibc then keeps what is freed, up to 64 MB, instead of giving it back each time.

    It raises its own thresholds when a large piece is freed. The next one comes from what it keeps: Linux is asked for
    large pages there, which are found sooner. Other systems ignore it, and nothing depends on it.

    Source:
        `mallopt(3)`, dynamic adjustment of `M_MMAP_THRESHOLD` and `M_TRIM_THRESHOLD`; `madvise(2)`, `MADV_HUGEPAGE`.
    """
    np.empty(_LARGEST, np.uint8)
    if sys.platform == "linux":
        _in_large_pages(np.empty(_LARGEST, np.uint8))


def give_freed_memory_back() -> None:
    """Give the system what is kept, when nothing is to be computed for a while. Only glibc has something to give.

    Source:
        `malloc_trim(3)`.
    """
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


def _in_large_pages(piece: npt.NDArray[np.uint8]) -> None:
    start = -(-piece.ctypes.data // _PAGE) * _PAGE
    size = (piece.ctypes.data + piece.nbytes - start) // _PAGE * _PAGE
    ctypes.CDLL(None).madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), _MADV_HUGEPAGE)
