"""Talking to the person at the terminal, and running other programs."""
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

#: Seconds that an interrupted program has to clean up.
GRACE = 60


class Stop(Exception):
    """Set-up cannot go on; the message says what is wrong and what to do."""


class Terminated(KeyboardInterrupt):
    """We were asked to end, by a signal that only we got."""


def end_like_interrupted():
    """Let who is asked to end (by a CI's time limit) clean up as one who is interrupted at the terminal."""
    def handle(_number, _frame):
        raise Terminated
    signal.signal(signal.SIGTERM, handle)


def say(text):
    print(text, flush=True)


@contextmanager
def step(text):
    """Announce a long step, tell from time to time what it is at, and how long it took.

    :return: what the caller adds last to this list is what the step is at
    """
    started = time.monotonic()
    finished = threading.Event()
    at = []
    say(f"==> {text}")

    def alive():
        while not finished.wait(10):
            say(f"    {time.monotonic() - started:4.0f} s  {at[-1] if at else '...'}")

    threading.Thread(target=alive, daemon=True).start()
    try:
        yield at
    finally:
        finished.set()
    say(f"    done in {time.monotonic() - started:.1f} s")


def run(*command, log=None, **options):
    """Run a program; with ``log`` its output goes to that file, of which the end is shown on failure."""
    command = [str(word) for word in command]
    if log is None:
        result = subprocess.run(command, **options)
    else:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            result = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, **options)
    if result.returncode:
        tail = ""
        if log is not None:
            tail = "\n" + "\n".join(log.read_text(errors="replace").splitlines()[-40:]) + f"\n(all of it: {log})"
        raise Stop(f"{' '.join(command[:4])} ... failed with exit code {result.returncode}.{tail}")
    return result


@contextmanager
def attended(process):
    """Let a process end in its own time when we are interrupted: it may have databases to drop, or servers to stop."""
    try:
        yield process
    except BaseException as error:
        if not isinstance(error, KeyboardInterrupt) or isinstance(error, Terminated):
            process.send_signal(signal.SIGINT)  # the terminal has not told it
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
        raise
    finally:
        process.wait()


def output(*command, **options):
    """What a program prints, or None if it fails or is not there."""
    try:
        result = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, check=True, **options)
    except (OSError, subprocess.CalledProcessError):
        return None
    return result.stdout


def fail(error):
    sys.exit(f"\nStopped: {error}")
