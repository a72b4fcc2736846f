"""T5 by its tokenizer file, and by an estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from promptlint.errors import ConfigError
from promptlint.tokens import clip, encoder, t5

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A tokenizer file of T5's kind, of a few words, which cuts at three tokens as kept files may say."""
    library: Any = pytest.importorskip("tokenizers")
    pieces = ["<unk>", "▁a", "▁grey", "▁goose", ",", "▁gan", "der", "▁"]
    made = library.Tokenizer(library.models.Unigram([(piece, -1.0) for piece in pieces], unk_id=0))
    made.pre_tokenizer = library.pre_tokenizers.Metaspace()
    made.enable_truncation(3)
    path = tmp_path / "tokenizer.json"
    made.save(str(path))
    return path


def test_words_by_a_file(small: Path) -> None:
    text = "a grey goose, a  gander"
    found = [(text[word.span.start : word.span.end], word.tokens) for word in t5.words(text, small)]
    assert [words for words, _ in found if words] == ["a", "grey", "goose,", "a", "gander"]
    assert {words: tokens for words, tokens in found if words} == {
        "a": 1,
        "grey": 1,
        "goose,": 2,
        "gander": 2,
    }


def test_a_file_that_is_no_tokenizer_is_a_mistake_of_the_configuration(tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    path = tmp_path / "tokenizer.json"
    path.write_text("{}")
    with pytest.raises(ConfigError, match=r"tokenizer\.json: is no tokenizer\.json that can be read"):
        list(t5.words("a goose", path))


def test_without_the_package_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tokenizers", None)
    with pytest.raises(ConfigError, match=r"pip install 'promptlint-image\[t5\]'"):
        list(t5.words("a goose", tmp_path / "other.json"))


def test_an_estimate_is_made_of_what_is_ascii() -> None:
    assert sum(word.tokens for word in t5.estimated("a “goose”, 東京の夜")) == clip.count('a "goose",')


def test_the_encoder_of_a_name(small: Path) -> None:
    assert encoder("T5 and CLIP", {"t5": small}).fewest("a grey goose") == 4
    assert encoder("T5 and CLIP", {}).counted(500) == "about 600 tokens (an estimate)"
    assert encoder("CLIP ViT-L/14", {}).counted(92) == "92 tokens"
    assert encoder("", {}).counted(1200) == "at least 1,200 tokens"
