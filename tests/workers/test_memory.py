"""What the C library keeps for threads, in a process of its own: it cannot be taken back."""

import os
import platform
import subprocess
import sys

import pytest

from bot.workers.memory import VARIABLE

_SCRIPT = """
import ctypes, os, sys, tempfile, threading
from bot.workers.memory import one_arena

if sys.argv[1] == "one":
    one_arena(os.environ)
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
library.fopen.restype = ctypes.c_void_p
together = threading.Barrier(8)

def allocate():
    together.wait()
    for _ in range(2000):
        library.malloc(5000)
    together.wait()

threads = [threading.Thread(target=allocate) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
with tempfile.NamedTemporaryFile("r") as told:
    file = ctypes.c_void_p(library.fopen(told.name.encode(), b"w"))
    library.malloc_info(0, file)
    library.fclose(file)
    print(told.read().count("<heap nr="))
"""


def _arenas(how: str, **more: str) -> int:
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE} | more
    command = [sys.executable, "-c", _SCRIPT, how]
    return int(subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_threads_share_one_arena_unless_the_operator_says_otherwise() -> None:
    assert _arenas("none") > 1
    assert _arenas("one") == 1
    assert _arenas("one", MALLOC_ARENA_MAX="4") > 1
