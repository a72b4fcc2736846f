"""Standard input and output: what may be coloured, what is bytes."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import TextIO

from promptlint.errors import HostError


def prepare() -> None:
    """Let no character that the terminal's encoding lacks end the run: it is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def is_colored(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that takes colour, and nobody asked for none (NO_COLOR)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def read_input(limit_bytes: int) -> bytes:
    """Return standard input, one byte more than the limit if it is longer. Raises HostError if closed."""
    if sys.stdin is None:
        raise HostError("standard input is closed")
    return sys.stdin.buffer.read(limit_bytes + 1)


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output behind what was written as text."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def hand_on(data: bytes) -> None:
    """Write to standard output what was read of standard input, and then the rest of it."""
    write_bytes(data)
    shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)
