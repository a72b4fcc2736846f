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


@pytest.mark.parametrize(
    ("text", "dialect", "evidence"),
    [
        ("a lamp, (brass lamp:1.3)", "a1111", "a weight, (brass lamp:1.3)"),
        ("(lamp:.8), (wall:2)", "a1111", "a weight, (lamp:.8)"),
        ("(quality_7:1.2) lamp", "a1111", "a weight, (quality_7:1.2)"),
        ("(f/1.8:1.2) lamp", "a1111", "a weight, (f/1.8:1.2)"),
        ("(真鍮のランプ: 1.4)", "a1111", "a weight, (真鍮のランプ: 1.4)"),
        ("lamp BREAK wall", "a1111", "a keyword, BREAK"),
        ("a [lamp:candle:0.4] lit", "a1111", "a schedule, [lamp:candle:0.4]"),
        ("a [lamp::12] lit", "a1111", "a schedule, [lamp::12]"),
        ("[lamp:candle:0.4] lit", "a1111", "a schedule, [lamp:candle:0.4]"),
        ("an ((old)) lamp", "a1111", "a bracket in a bracket, ((old))"),
        ("lamp <lora:brass:0.6>", "a1111", "an extra network, <lora:brass:0.6>"),
        ("lamp, embedding:brass.pt", "comfyui", "an embedding, embedding:brass.pt"),
        ("a lamp++ on a shelf", "invokeai", "a weight behind words, lamp++"),
        ("a (brass lamp)1.3 on a shelf", "invokeai", "a weight behind words, (brass lamp)1.3"),
        ('("lamp", "wall").blend(1, 2)', "invokeai", "a function, ).blend("),
        ("lamp::2 wall", "midjourney", "the weight of a part, ::2"),
        ("a lamp, red wall --tile --ar 3:4", "midjourney", "a flag, --tile"),
        ("/imagine a lamp", "midjourney", "a command, /imagine"),
    ],
)
def test_what_shows_a_dialect_is_told(text: str, dialect: str, evidence: str) -> None:
    tree = syntax.parse(text)
    assert (tree.dialect, tree.evidence) == (dialect, evidence)


def test_long_evidence_is_cut() -> None:
    evidence = syntax.parse(f"({'old ' * 30}lamp:1.25)").evidence
    assert evidence.endswith(" … mp:1.25)")
    assert len(evidence) < 50


@pytest.mark.parametrize(
    "text",
    [
        "a poster (3:4) of a lamp",
        "a poster (format 16:9), a lamp",
        "a film still (2.39:1) of a lamp",
        "a film still (1:1.85) of a lamp",
        "a lamp, lit at dusk (about 5:30)",
        "a lamp at (X: 0.3, Y: 0.65), a cup at (X: 0.5)",
        "a lamp (opacity: 0.5)",
        "a lamp (No:120)",
        "a sign that says COFFEE BREAK by the lamp",
        'a sign "BREAK" over the lamp',
        "a lamp in a film [00:01:15]",
        "a lamp, drawn by [[ artist ]]",
        "a book on C++ under a lamp",
        '[{argument name="metal" default="tin"}], a lamp',
        "{{metal}} lamp",
        "{{tin|brass}|clay} lamp",
    ],
)
def test_what_looks_like_a_dialect_and_is_none(text: str) -> None:
    assert syntax.parse(text).dialect == "natural"


@pytest.mark.parametrize(
    "text",
    [
        'Draw it as this JSON says:\n{\n  "subject": "a lamp",\n  "light": "candle"\n}',
        '"subject": "a lamp",\n"light": {"kind": "candle"}',
        "{“subject”： “a lamp”， “light”： “candle”}",
        '[[{"subject": "a lamp"}]]',
    ],
)
def test_json_behind_words_or_without_its_brace(text: str) -> None:
    tree = syntax.parse(text)
    assert tree.dialect == "structured"
    assert any(node.kind in (NodeKind.KEY, NodeKind.LABEL) for node in tree.nodes())


def test_words_before_one_key_are_no_json() -> None:
    assert syntax.parse('A sign with "name": "Ada" on it').dialect == "natural"
    assert syntax.parse('"Lamp": a still life').dialect == "natural"


@pytest.mark.parametrize("text", ['the words “two lamps" in red', '“a\nb" in red', "”two lamps” in red"])
def test_quotes_of_two_kinds_are_a_pair(text: str) -> None:
    assert syntax.parse(text).errors() == []


def test_a_comment_may_follow_a_string() -> None:
    tree = syntax.parse('{"light": "candle"  // by the book\n, "lamp": "tin"}')
    assert tree.errors() == []
    assert any(leaf.kind is LeafKind.COMMENT for leaf in tree.leaves())


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
