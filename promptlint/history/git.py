"""Asks git for earlier versions: three short processes a run, none a file.

`git` itself is called, since it honours the index that a commit in progress uses (GIT_INDEX_FILE). Nothing that the
repository configures is run: no external diff, no text conversion, no file system monitor.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from promptlint.errors import HistoryError, NoRepositoryError, ShallowError

_FIXED = ("git", "-c", "core.fsmonitor=false", "-c", "diff.relative=false", "--no-pager")
_DIFF = ("diff", "--raw", "-z", "-M30%", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
_FILE = "100"
"""How the mode of a regular file begins; links and submodules have others."""
_LFS = b"version https://git-lfs"
_DEEPER = "the clone is shallow; fetch more of its history (actions/checkout: fetch-depth: 0)"


class FilePair(NamedTuple):
    """A file that differs between two versions of the tree, by path from the top of the repository.

    A path is None where the file is not there. A blob is None where the file is in the work tree. `guessed`: the
    only file that is gone, and the only one like it that has come; git itself sees no connection.
    """

    old: str | None
    old_blob: str | None
    new: str | None
    new_blob: str | None
    guessed: bool = False


@dataclass(frozen=True)
class Repository:
    """The repository that the working folder is in."""

    top: str
    is_shallow: bool

    def commit(self, revision: str) -> str:
        """Return the commit that a revision names.

        Raises HistoryError where there is none, ShallowError where the clone may just not hold it.
        """
        found = (
            None if revision.startswith("-") else _answer("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        )
        if found is None and revision == "HEAD" and self.is_unborn:
            return self._empty_tree
        if found is None:
            raise self._missing(f'no revision "{revision}"')
        return found

    def merge_base(self, one: str, other: str) -> str:
        """Return the commit where two revisions parted. Raises HistoryError."""
        found = _answer("merge-base", self.commit(one), self.commit(other))
        if found is None:
            raise self._missing(f'"{one}" and "{other}" have no commit in common')
        return found

    @property
    def is_unborn(self) -> bool:
        """Whether there is no commit yet."""
        return _answer("rev-parse", "--verify", "--quiet", "HEAD") is None

    @property
    def is_merging(self) -> bool:
        """Whether the next commit joins two histories."""
        return _answer("rev-parse", "--verify", "--quiet", "MERGE_HEAD") is not None

    @property
    def _empty_tree(self) -> str:
        return _git("hash-object", "-t", "tree", "--stdin", stdin=b"").decode().strip()

    def _missing(self, problem: str) -> HistoryError:
        return ShallowError(f"{problem}: {_DEEPER}") if self.is_shallow else HistoryError(problem)

    def pairs(self, base: str | None = None, head: str | None = None, *, staged: bool = False) -> list[FilePair]:
        """Return the files that differ: from the index or `base` to the work tree, or the index, or `head`.

        The whole tree is compared: asked for some paths only, git finds no renames.
        """
        revisions = [one for one in (base, head) if one is not None]
        raw = _git(*_DIFF, *(["--cached"] if staged else []), *revisions, "--")
        pairs = list(_parsed(raw))
        if head is None and not staged:
            # For a file that was moved and edited git names a blob that it has not stored.
            pairs = [one._replace(new_blob=None) for one in pairs]
        return _with_guess(pairs)

    def blobs(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """Return the content of blobs by name, without those that the clone lacks and pointers to large files."""
        asked = sorted(set(names))
        if not asked:
            return {}
        raw = _git("cat-file", "--batch", stdin="".join(f"{name}\n" for name in asked).encode())
        out = {}
        at = 0
        for name in asked:
            end = raw.index(b"\n", at)
            head = raw[at:end].split()
            at = end + 1
            if len(head) != 3:
                continue
            size = int(head[2])
            content = raw[at : at + size]
            at += size + 1
            if not content.startswith(_LFS):
                out[name] = content
        return out

    def file(self, commit: str, path: str) -> bytes | None:
        """Return a file as a commit has it, by its path from the top; None where it has none."""
        done = _run(("cat-file", "blob", f"{commit}:{path}"), b"")
        return None if done.returncode or done.stdout.startswith(_LFS) else done.stdout

    def below_top(self, path: str) -> str:
        """Return a path as the repository has it: from its top, with slashes."""
        return os.path.relpath(os.path.realpath(path), os.path.realpath(self.top)).replace(os.sep, "/")


def repository() -> Repository:
    """Return the repository of the working folder. Raises NoRepositoryError where it is in none."""
    answer = _answer("rev-parse", "--show-toplevel", "--is-shallow-repository")
    if answer is None:
        raise NoRepositoryError(f"{os.getcwd()} is not in the work tree of a git repository")
    top, _, shallow = answer.rpartition("\n")
    return Repository(top, shallow == "true")


def _git(*arguments: str, stdin: bytes = b"") -> bytes:
    """Return what git prints. Raises HistoryError with its first line of complaint."""
    done = _run(arguments, stdin)
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise HistoryError(f"git {arguments[0]}: {complaint or f'exit code {done.returncode}'}")
    return done.stdout


def _answer(*arguments: str) -> str | None:
    """Return what git prints, or None where it refuses."""
    done = _run(arguments, b"")
    return None if done.returncode else os.fsdecode(done.stdout).rstrip("\n")


def _run(arguments: tuple[str, ...], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    # GIT_* stay as they are: inside a commit they name the index that is being committed.
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        return subprocess.run([*_FIXED, *arguments], input=stdin, capture_output=True, env=environment, check=False)
    except FileNotFoundError:
        raise NoRepositoryError("git is not installed") from None
    except (OSError, ValueError) as error:
        raise HistoryError(f"git can't be run: {error}") from None


def _parsed(raw: bytes) -> Iterable[FilePair]:
    """Yield the regular files of `git diff --raw -z`; those in conflict have no version yet and are left out."""
    fields = iter(os.fsdecode(raw).split("\0"))
    for head in fields:
        if not head:
            continue
        old_mode, new_mode, old_blob, new_blob, status = head.lstrip(":").split(" ")
        old = new = next(fields)
        if status[0] in "RC":
            new = next(fields)
        if status[0] in "UX":
            continue
        was, is_now = old_mode.startswith(_FILE), new_mode.startswith(_FILE)
        if not (was or is_now):
            continue
        yield FilePair(
            old if was and status[0] != "C" else None,
            old_blob if was and status[0] != "C" else None,
            new if is_now else None,
            new_blob if is_now else None,
        )


def _with_guess(pairs: list[FilePair]) -> list[FilePair]:
    """Take a file that is gone and one that has come for versions of each other, if no other could be meant."""
    gone = [one for one in pairs if one.new is None]
    come = [one for one in pairs if one.old is None]
    out = [one for one in pairs if one.old is not None and one.new is not None]
    for was in gone:
        alike = [one for one in come if _alike(one.new, was.old)]
        others = [one for one in gone if _alike(one.old, was.old)]
        if len(alike) == len(others) == 1:
            come.remove(alike[0])
            out.append(FilePair(was.old, was.old_blob, alike[0].new, alike[0].new_blob, guessed=True))
        else:
            out.append(was)
    return sorted([*out, *come], key=lambda one: one.new or one.old or "")


def _alike(one: str | None, other: str | None) -> bool:
    """Tell whether two files have folder and suffix in common."""
    if one is None or other is None:
        return False
    return (os.path.dirname(one), os.path.splitext(one)[1]) == (os.path.dirname(other), os.path.splitext(other)[1])
