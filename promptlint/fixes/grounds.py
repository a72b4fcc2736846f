"""Whether a brief gives grounds for a fix: for this one rather than another, and for choosing anything at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from promptlint.brief import Brief, Mention
from promptlint.brief.readable import foreign_share
from promptlint.checks import Finding
from promptlint.rules import FixSpec
from promptlint.source import Span

_SIGNS = 2
_YEAR = re.compile(r"(?<![\w./\"“'-])(1[89]\d\d|20\d\d)(?:'?s)?(?![\w\"”]|\s*(?:[/:×*]|x\s*\d))")
_OPTIONS = re.compile(r"\[[^\[\]\n\"]*/[^\[\]\n\"]*\]")
"""A choice that is open yet: "[dawn/noon/dusk]"."""
_SEEN, _SEEN_SHARE = 12, 0.06
"""How much a text names that can be seen: so many, or so many a word."""
_BEGINNING = 12
"""Words in which a prompt says what it is of."""
_FOREIGN = 0.1
"""The share of letters of another script from which on a text is not English alone."""

Words = Mapping[str, Sequence[str]]


class Grounds:
    """What a brief says of the scene, as the conditions of fixes ask it.

    `choices` are the words of choices.yaml, `scenes` those of scenes.yaml.
    """

    def __init__(self, brief: Brief, choices: Words, scenes: Mapping[str, Words]) -> None:
        self._brief, self._choices, self._scenes = brief, choices, scenes
        self._known: dict[str, bool] = {}
        open_to_choice = [Span(*match.span()) for match in _OPTIONS.finditer(brief.text)]
        self._said = _without(brief, [*(one.span for one in brief.negations), *brief.negatives, *open_to_choice])
        self._options = open_to_choice

    def fits(self, spec: FixSpec, finding: Finding) -> bool:
        """Tell whether a fix agrees with what was found and what the brief mentions."""
        if spec.when and not self._any(spec.when):
            return False
        if spec.also and not self._any(spec.also):
            return False
        if spec.found and not _reads(_spaced(self._brief.words(finding.span)), spec.found):
            return False
        if spec.not_found and _reads(self._around(finding.span), spec.not_found):
            return False
        return not self._any(spec.unless) and (not spec.words or _reads(self._said, spec.words))

    def _around(self, span: Span) -> str:
        """Return the phrase that holds a span."""
        whole = next((one.span for one in self._brief.phrases if one.span.contains(span)), span)
        return _spaced(self._brief.words(whole))

    @cached_property
    def may_write(self) -> bool:
        """Tell whether English words fit into the text: one of two languages would only say so in one of them."""
        return self._brief.is_english and foreign_share(self._brief.text) <= _FOREIGN

    def asks_for(self, word: str) -> bool:
        """Tell whether the text has a word that it does not negate."""
        return _reads(self._said, [word])

    def may_choose(self, section: str) -> bool:
        """Tell whether a place, a light or a film can be chosen: the prompt says what it shows, and means a photograph.

        What belongs to one picture can't be chosen for several.
        """
        brief, choices = self._brief, self._choices
        if not self.may_write or any(self._holds(f"scene:{one}") for one in ("no-picture", "design", "edited")):
            return False
        if section in choices["of_one"] and self._holds("scene:several"):
            return False
        if self._holds("scene:drawn"):
            return False
        if not self.describes:
            return False
        is_said = any(self._shows(mention) for mention in brief.of(choices["shown"]))
        is_said = is_said or any(phrase.label == "subject" for phrase in brief.phrases)
        if not is_said and (brief.intent == "portrait" or not self._has_subject()):
            return False
        if brief.intent == "portrait" and not self._has_people():
            return False
        if brief.intent != "photo" or any(one.intent == "photo" for one in brief.evidence):
            return True
        return sum(brief.has([sign]) for sign in choices["signs"]) >= _SIGNS

    @cached_property
    def describes(self) -> bool:
        """Tell whether the text says what is to be seen, and not what is to be done: it names enough of it."""
        named = sum(one.concept.prefixes[-1] in self._choices["seen"] for one in self._brief.mentions)
        words = len(self._brief.text.split())
        return named >= max(1, min(_SEEN, words * _SEEN_SHARE))

    def _has_people(self) -> bool:
        """Tell whether people are what the prompt is of, and not only named in it."""
        named = [one for one in self._choices["people"] if self._brief.has([one])]
        first = min((one.span.start for one in self._brief.of(named)), default=len(self._brief.text))
        return len(named) > 1 or (bool(named) and len(self._brief.text[:first].split()) <= _BEGINNING)

    def _has_subject(self) -> bool:
        """Tell whether words of the subject stand anywhere but under a label that says how something looks."""
        spans = self._brief.sections_by_terms.get("subject", ())
        return any(
            phrase.span.contains(span) or span.contains(phrase.span)
            for phrase in self._brief.phrases
            if phrase.label not in self._choices["looks"]
            for span in spans
        )

    def _shows(self, mention: Mention) -> bool:
        """Tell whether a mention is of what the picture shows, and does not only say how something looks."""
        return self._brief.phrases[mention.phrase].label not in self._choices["looks"]

    def _any(self, conditions: Iterable[str]) -> bool:
        return any(self._holds(condition) for condition in conditions)

    def _holds(self, condition: str) -> bool:
        """Tell whether a condition holds, and remember it."""
        if condition not in self._known:
            kind, _, name = condition.partition(":")
            if kind == "intent":
                self._known[condition] = self._brief.intent == name
            else:
                self._known[condition] = self._is_scene(name) if kind == "scene" else self._is_mentioned(condition)
        return self._known[condition]

    def _is_scene(self, name: str) -> bool:
        """Tell whether the brief speaks of a scene, as scenes.yaml tells it."""
        scene = self._scenes[name]
        words = scene.get("words", ())
        if "least" in scene:
            return sum(_reads(self._said, [word]) for word in words) >= int(scene["least"][0])
        named = self._any(scene.get("of", ())) or _reads(self._said, words)
        named = named or any(_beside(*pair.split()).search(self._said) for pair in scene.get("beside", ()))
        named = named or ("years" in scene and self._is_from(*scene["years"]))
        if not named and not _reads(_spaced(self._brief.text), scene.get("without", ())):
            return False
        return not self._any(scene.get("but", ())) and not _reads(self._said, scene.get("but_words", ()))

    def _is_from(self, first: str, last: str) -> bool:
        """Tell whether the text names a year from the first to the last."""
        return any(first <= year <= last for year in _YEAR.findall(self._said))

    def _is_mentioned(self, condition: str) -> bool:
        """Tell whether a concept is mentioned; as `concept:key=value`, with this value of an attribute.

        An adjective counts only where it speaks of what its concept is for: black and white seats make no photograph
        so.
        """
        concept, _, attribute = condition.partition(":")
        key, _, value = attribute.partition("=")
        return any(
            (not attribute or str(mention.concept.attributes.get(key)) == value)
            and (
                mention.value is not None
                or mention.target in mention.concept.attributes.get("counts_for", (mention.target,))
            )
            for mention in self._brief.of([concept])
            if not any(span.contains(mention.span) for span in self._options)
        )


def _without(brief: Brief, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with blanks in place of spans."""
    text = brief.text
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return _spaced(text)


def _spaced(text: str) -> str:
    """Return a text with the words of its snake_case apart."""
    return text.replace("_", " ")


def _reads(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of some words, or turns of words, stands in a text, in the singular or plural."""
    asked = tuple(words)
    return bool(asked) and bool(_pattern(asked).search(text))


@lru_cache(maxsize=64)
def _beside(one: str, other: str) -> re.Pattern[str]:
    """Return what finds two words in one sentence with at most five between them."""
    between = r"[^\w.!?]+(?:[\w'-]+[^\w.!?]+){0,5}"
    return re.compile(rf"(?i)\b(?:{one}{between}{other}|{other}{between}{one})\b")


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(map(re.escape, words))})(?:e?s)?(?!\w)")
