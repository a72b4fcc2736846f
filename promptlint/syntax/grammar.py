"""A dialect's grammar: Lark reads the .lark files and makes the table, and the loop that runs it is ours.

Lark's own loop is made for any lexer, for errors and for stepping through a parse, and takes three times as long. This
one needs none of these: what lexer and pairing make of a text is a sentence of every grammar. Tests compare the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

from lark import Lark
from lark.grammar import Rule
from lark.visitors import merge_transformers

from promptlint import compiled
from promptlint.syntax.build import Builder, Items
from promptlint.syntax.lexing import OnePass, Pairing, Token
from promptlint.syntax.tree import Dialect

_Reduce = tuple[int, Callable[[list[Any]], Any], str]
"""How many values make one, what makes it, and the name of the rule that it is then a value of."""
_State = dict[str, Any]
"""What to do at each terminal: a `_Reduce`, or the state to go on in. After a rule's name only the latter."""
_END = Token("$END", "", 0)


class Grammar:
    """Parses texts of one dialect."""

    def __init__(self, dialect: Dialect, builder: Builder) -> None:
        self._pairing = Pairing(strings=dialect == "structured")
        self.lark = _lark(dialect, builder, self._pairing)
        """Lark's parser, which reads the same, with the same lexer and builder."""
        self._lexer = OnePass(self.lark.lexer_conf)
        self._start = _table(self.lark)

    def parse(self, text: str) -> Items:
        """Return the nodes of a text."""
        return _run(self._start, self._pairing.process(self._lexer.lex(text)))


def _run(state: _State, tokens: Iterable[Token]) -> Items:
    """Shift and reduce: the way of every LALR parser."""
    states: list[_State] = [state]
    values: list[Any] = []
    for token in (*tokens, _END):
        kind = token.type
        step = state[kind]
        while type(step) is tuple:
            size, make, name = step
            if size:
                made = make(values[-size:])
                del states[-size:], values[-size:]
            else:
                made = make([])
            state = states[-1][name]
            states.append(state)
            values.append(made)
            step = state[kind]
        state = step
        states.append(state)
        values.append(token)
    return cast("Items", values[0])


def _table(lark: Lark) -> _State:
    """Return the first state of a parser's table, from which one gets to all others."""
    conf = lark.parse_interactive().parser_state.parse_conf
    callbacks = cast("dict[Rule, Callable[[list[Any]], Any]]", conf.callbacks)
    states: dict[int, _State] = {number: {} for number in conf.states}
    reduces: dict[int, _Reduce] = {}
    for number, actions in conf.states.items():
        state = states[number]
        for name, (_, target) in actions.items():
            if not isinstance(target, Rule):
                state[str(name)] = states[target]
                continue
            if id(target) not in reduces:
                reduces[id(target)] = (len(target.expansion), callbacks[target], str(target.origin.name))
            state[str(name)] = reduces[id(target)]
    # Lark stops where nothing is left to reduce; this loop takes the end for one more token.
    end = states[conf.end_state]
    end[_END.type] = end
    return states[conf.start_state]


def _lark(dialect: Dialect, builder: Builder, pairing: Pairing) -> Lark:
    """Return Lark's parser. Its tables are kept, since making them takes longer than a thousand parses."""
    # Lark's own check of kept tables looks at imported grammars where they lay when the tables were made.
    folder = Path(__file__).parent
    sources = compiled.digest([folder / f"{name}.lark" for name in (dialect, "text", "terminals")], "grammar")
    return Lark.open(
        f"{dialect}.lark",
        rel_to=__file__,
        parser="lalr",
        lexer=OnePass,
        postlex=pairing,
        # What a grammar takes over from text.lark has that name before its own: both lead to one builder.
        transformer=merge_transformers(builder, text=builder),  # type: ignore[no-untyped-call]
        maybe_placeholders=False,
        cache=str(compiled.prepared_folder() / f"grammar-{dialect}-{sources}.lark-tables"),
    )
