"""Prompts longer than the model reads: what is lost, and where nothing is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from promptlint import fix_text, lint_text, models
from promptlint.config import Config, ConfigTable, TokenizersTable
from promptlint.errors import ConfigError
from promptlint.linter import linter_for
from promptlint.models import Limit, Model
from tests.strategies import prompts

if TYPE_CHECKING:
    from pathlib import Path

    from promptlint.diagnostics import Diagnostic
    from promptlint.syntax import Dialect

CLIP = "realistic-vision-5.1"
PAIR = "portrait of a ferryman on the quay, "
"""Nine tokens."""
WORD = "gull "
"""One token."""


def model(limit: Limit, encoder: str = "") -> Model:
    return Model(name="own", title="Own", negative="field", encoder=encoder, limit=limit, verified_on="", sources=[])


def found(
    text: str, aim: Model, negative: str | None = None, dialect: Dialect | None = None, config: Config | None = None
) -> list[Diagnostic]:
    linter = replace(linter_for(config or Config()), model=aim, dialect=dialect)
    return [one for one in linter.lint(text, negative).diagnostics if one.rule == "prompt-too-long"]


def lost(text: str, aim: Model, **others: str) -> list[str]:
    return [text[one.span.start : one.span.end] for one in found(text, aim, **others)]  # type: ignore[arg-type]


def test_the_last_token_that_is_read_is_the_limit() -> None:
    clip = models.find(CLIP)
    text = WORD * 74
    assert not found(text + "gull", clip)
    assert lost(text + "gull heron tern", clip) == ["heron tern"]


def test_a_word_that_is_cut_in_two_is_lost() -> None:
    assert lost(WORD * 74 + "catchlight.", models.find(CLIP)) == ["catchlight."]


def test_a_message_says_counts_and_the_first_lost_words() -> None:
    (one,) = found(PAIR * 9, models.find(CLIP))
    assert one.message == (
        '81 tokens, and CLIP reads 75: "ferryman on the quay," is lost where the runtime doesn\'t split the prompt'
    )


@pytest.mark.parametrize("sign", ["(gull:1.2)", "BREAK", "<lora:gulls:0.7>", "embedding:gulls", "gull++"])
def test_runtimes_that_split_lose_nothing(sign: str) -> None:
    clip = models.find(CLIP)
    assert found(PAIR * 9 + "gull", clip)
    assert not found(f"{PAIR * 9}{sign}", clip)
    assert not found(PAIR * 9, clip, negative=f"fog, {sign}")


def test_a_dialect_of_the_configuration_says_that_the_runtime_splits() -> None:
    assert not found(PAIR * 9, models.find(CLIP), dialect="comfyui")


def test_a_negative_has_the_same_limit() -> None:
    (one,) = found("portrait of a ferryman", models.find(CLIP), negative=WORD * 76 + "fog")
    assert one.part == "negative"
    assert one.span.start == len(WORD) * 75


def test_a_negative_that_has_no_place_is_not_counted() -> None:
    assert not found("portrait of a ferryman", models.find("flux-kontext-pro"), negative=WORD * 900)


def test_of_what_is_drawn_the_least_counts() -> None:
    clip = models.find(CLIP)
    assert not found(WORD * 73 + "{gull|heron and tern and swift} {{ place }} __bird__", clip)
    assert lost(WORD * 73 + "{gull|heron and tern and swift} tern fog", clip) == ["fog"]


def test_curly_quotes_alone_put_nothing_over_the_limit() -> None:
    clip = models.find(CLIP)
    assert not found(WORD * 73 + "don’t", clip)
    assert found(WORD * 74 + "don’t", clip)


def test_a_limit_in_characters() -> None:
    aim = model(Limit(characters=30, beyond="refused"))
    (one,) = found("portrait of a ferryman on the quay in fog", aim)
    assert one.message == '41 characters, and Own reads 30: "quay in fog" makes it refuse the prompt'
    assert not found("portrait of a ferryman on quay", aim)
    assert lost("x" * 31, aim) == ["x"]


def test_an_unknown_encoder_reads_a_token_a_word_at_least() -> None:
    aim = model(Limit(tokens=6, beyond="cut"))
    assert not found("catchlight, catchlight, catchlight, catchlight.", aim)
    (one,) = found("a ferryman on the quay at first light", aim)
    assert one.message == 'at least 8 tokens, and Own reads 6: "first light" is lost'


def test_an_estimate_speaks_where_it_is_certain() -> None:
    aim = model(Limit(tokens=101), "CLIP and T5")
    assert not found(WORD * 95, aim)
    (one,) = found(WORD * 97, aim)
    assert one.message.startswith("about 120 tokens (an estimate), and T5 reads 101:")
    assert one.message.endswith("may be lost")


def test_what_a_comment_says_is_not_read() -> None:
    aim = model(Limit(tokens=6, beyond="cut"))
    assert lost('{"a": "gull", // heron tern\n "b": "tern heron", "c": "fog and rain"}', aim) == ['"fog and rain"}']


def test_a_tokenizer_file_that_is_not_there(tmp_path: Path) -> None:
    config = Config(ConfigTable(tokenizers=TokenizersTable(t5="none.json")), root=tmp_path)
    with pytest.raises(ConfigError, match=r"tokenizers\.t5: no file"):
        linter_for(config)


def test_a_tokenizer_file_takes_the_place_of_the_estimate(tmp_path: Path) -> None:
    library = pytest.importorskip("tokenizers")
    made = library.Tokenizer(library.models.WordLevel({"<unk>": 0}, unk_token="<unk>"))
    made.pre_tokenizer = library.pre_tokenizers.WhitespaceSplit()
    made.save(str(tmp_path / "tokenizer.json"))
    config = Config(ConfigTable(tokenizers=TokenizersTable(t5="tokenizer.json")), root=tmp_path)
    aim = model(Limit(tokens=6, beyond="cut"), "T5")
    assert not found("catchlight, catchlight, catchlight, catchlight.", aim, config=config)
    (one,) = found("a ferryman on the quay at first light", aim, config=config)
    # The mark at the end is a token of the limit.
    assert one.message == '9 tokens, and T5 reads 6: "at first light" is lost'


def test_without_a_model_nothing_is_said() -> None:
    assert "prompt-too-long" not in {one.rule for one in lint_text(PAIR * 90).diagnostics}


def test_no_fix_pushes_words_over_the_limit() -> None:
    text = "portrait of a ferryman on the quay, natural light, 85mm, " + WORD * 55 + "knot"
    fixed = fix_text(text, model=CLIP, preset="all", unsafe=True)
    assert "prompt-too-long" not in {one.rule for one in lint_text(text, model=CLIP).diagnostics}
    after = lint_text(fixed.text, negative=fixed.negative, model=CLIP).diagnostics
    assert "prompt-too-long" not in {one.rule for one in after}


@given(prompts, prompts)
def test_no_text_is_too_strange(text: str, negative: str) -> None:
    for aim in (
        model(Limit(tokens=5), "CLIP"),
        model(Limit(tokens=5), "T5"),
        model(Limit(tokens=5)),
        model(Limit(characters=5)),
    ):
        for one in found(text, aim, negative):
            part = {"positive": text, "negative": negative}[one.part]
            assert 0 <= one.span.start < one.span.end <= len(part)
