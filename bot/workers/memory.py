"""How the C library keeps the memory of a process that serves."""

import ctypes
from collections.abc import Mapping

VARIABLE = "MALLOC_ARENA_MAX"
_M_ARENA_MAX = -8
"""As in glibc's malloc.h; mallopt(3)."""


def one_arena(environment: Mapping[str, str]) -> None:
    """Lets all threads share one arena, unless the operator said otherwise; before there are threads.

    glibc gives threads arenas of their own, and what one of them frees there the others do not use: the memory of a
    process grew by 6 kB a turn as long as the soak lasted (`make bench-load`). The interpreter's threads take turns
    anyway. Other C libraries have no arenas, and nothing is done.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None and VARIABLE not in environment:
        mallopt(_M_ARENA_MAX, 1)
