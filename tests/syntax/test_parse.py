"""What a parse finds in each dialect."""

from __future__ import annotations

import pytest

from promptlint import syntax
from promptlint.syntax import LeafKind, Node, NodeKind


def kinds(text: str) -> list[tuple[str, str]]:
    return [(str(leaf.kind), leaf.text) for leaf in syntax.parse(text).leaves()]


def groups(text: str) -> list[Node]:
    out, work = [], list(syntax.parse(text).children)
    while work:
        item = work.pop(0)
        if isinstance(item, Node):
            out.append(item)
            work = item.children + work
    return [node for node in out if node.kind in (NodeKind.GROUP, NodeKind.EMPHASIS)]


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("a man, a hat", "natural"),
        ("a man, (hat:1.2)", "a1111"),
        ("a man <lora:hats:0.7>", "a1111"),
        ("Subject: a man\nLighting: a candle", "labelled"),
        ('{"subject": "a man"}', "structured"),
        ("{subject: 'a man', light: 'candle'}", "structured"),
        ("{red|blue} hat", "natural"),
        ("/imagine prompt: a man", "midjourney"),
        ("a man --ar 3:4", "midjourney"),
        ("a man++ in a hat", "invokeai"),
        ("a man, embedding:hat", "comfyui"),
    ],
)
def test_dialect_is_read_from_the_text(text: str, dialect: str) -> None:
    assert syntax.parse(text).dialect == dialect


def test_tags_are_cut_at_commas_and_numbers_are_not() -> None:
    assert kinds("f/1.4, 5,600 K") == [("text", "f/1.4"), ("separator", ", "), ("text", "5,600 K")]


def test_weights() -> None:
    assert [round(node.weight, 3) for node in groups("(a) (b:1.3) [c] ((d))")] == [1.1, 1.3, 0.909, 1.1, 1.1]


def test_sentences_end_at_full_stops_and_not_inside_numbers() -> None:
    stops = [text for kind, text in kinds("Shot at f/2.8 on film. Golden hour!") if kind == "stop"]
    assert stops == [". ", "!"]


def test_a_label_is_a_node() -> None:
    children = syntax.parse("Lighting: a candle").children
    assert isinstance(children[0], Node)
    assert children[0].kind is NodeKind.LABEL


def test_lora_break_and_parameters() -> None:
    found = dict(kinds("a man BREAK hat <lora:x:1>"))
    assert (found["keyword"], found["tag"]) == ("BREAK", "<lora:x:1>")
    assert dict(kinds("a man --ar 3:4 --no beard"))["parameters"] == " --ar 3:4 --no beard"


@pytest.mark.parametrize(
    ("text", "strays"), [("a) b", [")"]), ("(a, b", ["("]), ("(a]", ["(", "]"]), ("((a)", ["("]), ('say "hi', ['"'])]
)
def test_brackets_without_a_partner_are_errors_and_the_rest_is_read(text: str, strays: list[str]) -> None:
    tree = syntax.parse(text)
    assert [leaf.text for leaf in tree.errors()] == strays
    assert any(leaf.kind is LeafKind.TEXT for leaf in tree.leaves())


def test_json_that_no_parser_takes_is_still_read() -> None:
    tree = syntax.parse('{"light": "a {argument name="x" default="candle"} on the left", pose: sitting, }')
    keys = [node for node in _all(tree.children) if node.kind is NodeKind.KEY]
    assert len(keys) == 2


def _all(items: list[Node | syntax.Leaf]) -> list[Node]:
    out: list[Node] = []
    for item in items:
        if isinstance(item, Node):
            out += [item, *_all(item.children)]
    return out


def test_deep_nesting() -> None:
    text = "(" * 10_000 + "a" + ")" * 10_000
    assert syntax.parse(text).to_text() == text
