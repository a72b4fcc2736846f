"""Files as bytes: read, decoded without loss, and written so that no half of a file is ever seen.

Every HostError here says what is wrong in one line and leaves the path to its caller.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from functools import cache

from promptlint.errors import HostError
from promptlint.hosts.walk import Found, find

__all__ = ["Found", "decode", "find", "read", "write_atomic"]

_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNFINISHED = ".promptlint-unfinished"
"""How the name of a file ends that is being written and will take another's place."""
_CONTROL_SHARE = 0.3
"""The share of control characters from which on a file is no text."""


def read(path: str, limit_bytes: int) -> tuple[str, int]:
    """Return a file's text, and how many bytes of byte order mark stand before it.

    Raises HostError if it is missing, unreadable, no regular file, over the limit, or not UTF-8 text.
    """
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise HostError("is a directory")
        if not stat.S_ISREG(status.st_mode):
            raise HostError("is not a regular file")
        with open(path, "rb") as file:
            data = file.read(limit_bytes + 1)
    except FileNotFoundError as error:
        raise HostError("no such file") from error
    except (OSError, ValueError) as error:
        raise HostError(f"can't be read: {_reason(error)}") from error
    if len(data) > limit_bytes:
        size = max(status.st_size, len(data))
        raise HostError(f"is larger than the limit ({size} bytes, limit {limit_bytes})")
    return decode(data)


def decode(data: bytes) -> tuple[str, int]:
    """Return the text of a UTF-8 file, and how many bytes of byte order mark stand before it.

    Raises HostError if the bytes are another encoding or no text at all.
    """
    shift = len(_BOM) if data.startswith(_BOM) else 0
    if data.startswith(_UTF16_BOMS):
        raise HostError("is UTF-16; save it as UTF-8")
    zero = data.find(b"\0")
    if zero >= 0:
        raise HostError(f"looks like a binary file (NUL at byte {zero})")
    try:
        text = data[shift:].decode("utf-8")
    except UnicodeDecodeError as error:
        raise HostError(f"is not UTF-8 at byte {error.start + shift}; save it as UTF-8") from error
    controls = len(_CONTROL.findall(text))
    if controls > _CONTROL_SHARE * len(text):
        raise HostError(f"looks like a binary file ({controls} of {len(text)} characters are control characters)")
    return text, shift


def write_atomic(path: str, text: str, byte_shift: int = 0) -> None:
    """Replace a file's content, byte order mark as it was read; mode and, where allowed, owner stay.

    A reader sees the old file or the new one. A link stays a link: the file it points to is replaced.
    Raises HostError if the text can't be encoded or the file can't be written; the file is then as it was.
    """
    import tempfile

    target = os.path.realpath(path)
    try:
        data = (_BOM if byte_shift else b"") + text.encode("utf-8")
        if os.path.exists(target) and not os.access(target, os.W_OK):
            raise HostError("can't be written: it is read-only")
        folder, name = os.path.split(target)
        _sweep(folder)
        handle, beside = tempfile.mkstemp(_UNFINISHED, f".{name[:80]}.", folder)
        try:
            with os.fdopen(handle, "wb") as file:
                _hold(file.fileno())
                file.write(data)
                file.flush()
                _like(target, file.fileno())
                os.fsync(file.fileno())
            os.replace(beside, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(beside)
            raise
    except (OSError, ValueError) as error:
        raise HostError(f"can't be written: {_reason(error)}") from error


@cache
def _sweep(folder: str) -> None:
    """Remove from a folder, once a run, what killed runs have left there: files that nobody holds any more."""
    with suppress(OSError), os.scandir(folder) as scan:
        for entry in scan:
            if not entry.name.endswith(_UNFINISHED) or not entry.is_file(follow_symlinks=False):
                continue
            with suppress(OSError), open(entry.path, "rb") as file:
                if _hold(file.fileno()):
                    os.unlink(entry.path)


def _hold(handle: int) -> bool:
    """Mark an open file as in use until it is closed or its process ends; tell whether nobody else uses it."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _like(target: str, handle: int) -> None:
    """Give an open file the owner and mode of another, or a usual mode if there is no other yet."""
    try:
        status = os.stat(target)
    except FileNotFoundError:
        os.fchmod(handle, 0o644)
        return
    with suppress(OSError):
        os.fchown(handle, status.st_uid, status.st_gid)
    os.fchmod(handle, stat.S_IMODE(status.st_mode))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error).split("\n")[0]
