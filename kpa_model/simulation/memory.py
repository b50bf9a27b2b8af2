"""Keeping memory between blocks: giving it back to the system and asking for it again is a third of the time."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

_LARGEST = (32 << 20) - (64 << 10)
"""Just under the 32 MB beyond which glibc always asks the system."""


@lru_cache(maxsize=1)
def keep_freed_memory() -> None:
    """Free one large array, once: glibc then keeps what is freed, up to 64 MB, instead of giving it back each time.

    It raises its own thresholds when a large piece is freed. Other systems ignore it, and nothing depends on it.

    Source:
        `mallopt(3)`, dynamic adjustment of `M_MMAP_THRESHOLD` and `M_TRIM_THRESHOLD`.
    """
    np.empty(_LARGEST, np.uint8)
