from __future__ import annotations

import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlint.errors import HostError
from promptlint.hosts.files import decode, read, write_atomic

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize("data", [b"", b"a\r\nb", "Für 🙂\u2028".encode(), b"\x1b[31mred"])
def test_utf8_is_decoded_as_it_is(data):
    assert decode(data) == (data.decode(), 0)
    assert decode(BOM + data) == (data.decode(), 3)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"caf\xe9 light", "is not UTF-8 at byte 3; save it as UTF-8"),
        (BOM + b"caf\xe9", "is not UTF-8 at byte 6; save it as UTF-8"),
        ("portrait".encode("utf-16"), "is UTF-16; save it as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", r"looks like a binary file \(NUL at byte 8\)"),
        (b"\x01\x02\x03\x04abc", r"looks like a binary file \(4 of 7 characters are control characters\)"),
        (b"\xed\xa0\x80", "is not UTF-8 at byte 0; save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_said_in_one_line(data, reason):
    with pytest.raises(HostError, match=f"^{reason}$"):
        decode(data)


@given(st.binary())
def test_any_bytes_decode_without_loss_or_not_at_all(data):
    try:
        text, shift = decode(data)
    except HostError:
        return
    assert data[:shift] + text.encode() == data


def test_reading(tmp_path):
    path = tmp_path / "a.prompt"
    path.write_bytes(BOM + b"portrait\r\n")
    assert read(str(path), 13) == ("portrait\r\n", 3)
    with pytest.raises(HostError, match=r"^is larger than the limit \(13 bytes, limit 12\)$"):
        read(str(path), 12)


def test_what_cannot_be_read_is_said_in_one_line(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name, reason in {
        "none": "no such file",
        ".": "is a directory",
        "pipe": "is not a regular file",
    }.items():
        with pytest.raises(HostError, match=f"^{reason}$"):
            read(str(tmp_path / name), 100)
    for name in ("x" * 5000, "a\0b"):
        with pytest.raises(HostError, match=r"^can't be read: "):
            read(str(tmp_path / name), 100)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads and writes everything")
def test_permissions_are_respected(tmp_path):
    path = tmp_path / "a.prompt"
    path.write_text("a")
    path.chmod(0o444)
    with pytest.raises(HostError, match="read-only"):
        write_atomic(str(path), "b")
    path.chmod(0)
    with pytest.raises(HostError, match=r"^can't be read: Permission denied$"):
        read(str(path), 100)


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
@pytest.mark.parametrize("mark", [b"", BOM])
def test_writing_keeps_mode_mark_and_line_ends(tmp_path, mode, mark):
    path = tmp_path / "a.prompt"
    path.write_bytes(mark + b"a\r\n")
    path.chmod(mode)
    text, shift = read(str(path), 100)
    write_atomic(str(path), text + "é\r\n", shift)
    assert path.read_bytes() == mark + "a\r\né\r\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.prompt"]


def test_a_link_stays_a_link(tmp_path):
    target = tmp_path / "real" / "a.prompt"
    target.parent.mkdir()
    target.write_text("a")
    link = tmp_path / "a.prompt"
    link.symlink_to(target)
    write_atomic(str(link), "b")
    assert link.is_symlink()
    assert target.read_text() == "b"


def test_a_new_file_is_readable(tmp_path):
    write_atomic(str(tmp_path / "new.prompt"), "a")
    assert stat.S_IMODE((tmp_path / "new.prompt").stat().st_mode) == 0o644


def test_a_write_that_fails_leaves_the_old_file_alone(tmp_path, monkeypatch):
    path = tmp_path / "a.prompt"
    path.write_text("old")
    with pytest.raises(HostError, match=r"^can't be written: "):
        write_atomic(str(path), "\ud800")
    with pytest.raises(HostError, match=r"^can't be written: No such file or directory$"):
        write_atomic(str(tmp_path / "none" / "a.prompt"), "new")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(HostError, match=r"^can't be written: No space left on device$"):
        write_atomic(str(path), "new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.prompt"]
