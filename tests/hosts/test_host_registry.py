from __future__ import annotations

import subprocess
import sys

import pytest

from promptlint.errors import HostError
from promptlint.hosts import extract, is_prompt_file


@pytest.mark.parametrize("name", ["a.prompt", "b/c.prompts", "A.TXT", "x.prompt.md", "y.markdown"])
def test_known_suffixes(name):
    assert is_prompt_file(name)
    assert [prompt.positive.text for prompt in extract(name, "```prompt\nportrait of a diver\n```")]


@pytest.mark.parametrize(("name", "kind"), [("a.xyz", r"\.xyz files"), ("Makefile", "files without a suffix")])
def test_an_unknown_file_is_one_clear_line(name, kind):
    assert not is_prompt_file(name)
    with pytest.raises(HostError, match=rf"^can't find prompts in {kind}; known are .*\.prompt, "):
        extract(name, "portrait")


def test_plain_text_imports_no_other_host():
    code = (
        "import sys; from promptlint.hosts import extract; extract('a.prompt', 'portrait');"
        "heavy = 'yaml', 'markdown_it', 'pathspec', 'promptlint.hosts.markdown';"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
