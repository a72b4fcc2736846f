"""Keeps what is compiled from data files, so that a start reads one small file instead of many.

A kept file is named by the hash of its sources; what can't be kept is compiled again at the next start.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")

_FORMAT = 2


NAMES = ("lexicon", "rules", "models", "parameters", "lines")
"""What the wheel carries compiled."""

_SHIPPED = Path(__file__).parent / "_compiled"


def folder() -> Path:
    """Return the cache folder: PROMPTLINT_CACHE_DIR where it is set, else the user's own for promptlint."""
    named = os.environ.get("PROMPTLINT_CACHE_DIR")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_cache_dir("promptlint"))


def prepared_folder() -> Path:
    """Return the cache folder, made where it was not there and could be."""
    path = folder()
    with contextlib.suppress(OSError):
        path.mkdir(parents=True, exist_ok=True)
    return path


def digest(files: Iterable[Path], shape: str) -> str:
    """Return the hash of files' names and contents, and of the name of the shape that they are compiled to."""
    hashed = hashlib.blake2b(f"{_FORMAT}:{shape}:{msgspec.__version__}".encode(), digest_size=16)
    for path in files:
        hashed.update(str(path).encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()


def cached(name: str, files: Iterable[Path], shape: type[T], build: Callable[[], T], *, own: bool = True) -> T:
    """Return what `build` makes of the files, kept under a name; `shape` is its type.

    An installed package brings its `own` data compiled; a user's files are compiled on first sight.
    """
    if own and _SHIPPED.is_dir():
        return msgspec.msgpack.decode((_SHIPPED / f"{name}.msgpack").read_bytes(), type=shape)
    kept = folder() / f"{name}-{digest(files, str(shape))}.msgpack"
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), type=shape)
    except (OSError, msgspec.DecodeError):
        made = build()
    keep(kept, msgspec.msgpack.encode(made))
    return made


def keep(path: Path, data: bytes) -> None:
    """Write a cache file whole or not at all. A folder that can't be written costs only the next start its time."""
    try:
        prepared_folder()
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        return
