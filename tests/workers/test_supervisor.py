"""The supervisor of workers, with real processes that do no more than be workers."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.workers import supervisor
from bot.workers.supervisor import Supervisor, WorkersError

_WORKER = """
import asyncio, os, signal, sys
from bot.workers.worker import READY, Worker

async def main(worker):
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)

    async def answer(reader, writer):
        writer.write(str(os.getpid()).encode())
        writer.close()

    with worker.listening() as sock, worker.orphaned(stop.set):
        async with await asyncio.start_server(answer, sock=sock):
            worker.say(open(sys.argv[1]).read() or READY)
            await stop.wait()

asyncio.run(main(Worker.parse(sys.argv[3])))
"""


@pytest.fixture
def port() -> Iterator[socket.socket]:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield sock


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """What workers say instead of that they are ready, if anything."""
    file = tmp_path / "said"
    file.write_text("")
    return file


async def pid(port: socket.socket) -> int:
    """The process that answers."""
    reader, writer = await asyncio.open_connection(*port.getsockname())
    answered = await reader.read()
    writer.close()
    return int(answered)


async def pids(port: socket.socket, count: int) -> set[int]:
    """Processes that answer, until there were so many."""
    found: set[int] = set()
    async with asyncio.timeout(20):
        while len(found) < count:
            found.add(await pid(port))
            await asyncio.sleep(0.01)
    return found


@asynccontextmanager
async def running(port: socket.socket, said: Path, count: int) -> AsyncIterator[asyncio.Task[None]]:
    ready = asyncio.Event()
    made = Supervisor([sys.executable, "-c", _WORKER, str(said)], port, count)
    task = asyncio.create_task(made.run(ready.set))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({task, waiting}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    try:
        yield task
    finally:
        if not task.done():
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(task, 20)


STALE = "the model is stale; run nexus-guide train"


def break_workers(said: Path) -> None:
    said.write_text(STALE)


def is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


async def test_workers_share_the_port_the_dead_are_replaced_and_a_stop_ends_them_all(
    port: socket.socket, said: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_SECONDS", 0.01)
    async with running(port, said, 2) as task:
        first = await pids(port, 2)
        victim = min(first)
        os.kill(victim, signal.SIGKILL)
        later = first | await pids(port, 1)
        async with asyncio.timeout(20):
            while len(later) < 3:
                later.add(await pid(port))
                await asyncio.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(task, 20)
    assert not any(is_alive(each) for each in later)


async def test_a_hang_up_replaces_one_after_the_other_and_nobody_is_refused(port: socket.socket, said: Path) -> None:
    async with running(port, said, 2):
        first = await pids(port, 2)
        os.kill(os.getpid(), signal.SIGHUP)
        async with asyncio.timeout(20):
            while any(is_alive(each) for each in first):
                assert await pid(port) > 0
                await asyncio.sleep(0.01)
        assert not first & await pids(port, 2)


async def test_new_workers_that_cannot_start_leave_the_old_at_work(
    port: socket.socket, said: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(port, said, 1):
        first = await pids(port, 1)
        break_workers(said)
        os.kill(os.getpid(), signal.SIGHUP)
        async with asyncio.timeout(20):
            while "are not replaced" not in caplog.text:  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.01)
        assert await pids(port, 1) == first


async def test_workers_that_cannot_start_are_their_one_sentence(port: socket.socket, said: Path) -> None:
    break_workers(said)
    with pytest.raises(WorkersError, match=STALE):
        async with running(port, said, 2):
            pass


async def test_workers_outlive_no_supervisor(port: socket.socket, said: Path) -> None:
    script = (
        "import asyncio, socket, sys\n"
        "from bot.workers.supervisor import Supervisor\n"
        "sock = socket.socket(fileno=int(sys.argv[1]))\n"
        "made = Supervisor([sys.executable, '-c', sys.argv[2], sys.argv[3]], sock, 1)\n"
        "asyncio.run(made.run(lambda: print('ready', flush=True)))\n"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script, str(port.fileno()), _WORKER, str(said)),
        pass_fds=(port.fileno(),),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    (worker,) = await pids(port, 1)
    process.kill()
    await process.wait()
    async with asyncio.timeout(10):
        while is_alive(worker):  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.01)
