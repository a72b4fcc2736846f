"""Taking words out so that what stays reads as if they had never been there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from promptlint.diagnostics import Edit
from promptlint.fixes.layout import Layout
from promptlint.source import Span
from promptlint.syntax import Leaf, LeafKind

_ARTICLE_BEFORE = re.compile(r"\b(an?)\s+$", re.IGNORECASE)
_NOUN_BEFORE = re.compile(r"(?i)[a-z](?<!s)(?<!ou)s$")
"""A plural, behind which "and" leads another thing."""
_BULLET = re.compile(r"[ \t]*[-*•][ \t]*")
_LABEL = re.compile(r"[ \t>*#_•-]*\w[\w /&-]{0,40}[*_]*:[*_]*[ \t]*")
_QUOTES = ('"', "“", "”", "'")
_NEXT_STRING = re.compile(r"\s*,\s*(?=[\"“'])")
_OPENED = re.compile(r"\[\s*$")
_COMMA_AFTER = re.compile(r",\s*")
_COMMA_BEFORE = re.compile(r",\s*$")
_STOPS = (".", "!", "?")
_ENDS = " \t\r\n.,;"
_PARTING = (LeafKind.SEPARATOR, LeafKind.PIPE)
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)

_LOOK = re.compile(r"(?i)\s+(?:(?:rendered|made|done|shot|drawn)\s+)?(?:in|with|and|having)\s+(?:(?:an?|the)\s+)?\w+$")
_OF = re.compile(r"(?i)\s+of\b")
_JOINED = ("_", "-")
_ADJECTIVE = re.compile(r"(?:[^aeiou]al|ic|ive|ous|ful|less|[ct]ile|ish|ant|ent|[aei]ble|ary|esque|ed|ing)$")
_NOUNS = ("thing", "person", "place")
_GLUED = ("_", "/")
_LOOKS = ("style", "camera", "film", "lighting", "color")

# Patterns with words of removal.yaml, where a key of it stands in <>.
_LEAD = r"(?i)(?:(?<=\s)|^)(?:<lead_verbs>\s+)?<lead_words>\s+(?:<determiners>\s+)?$"
_NOUN = r"(?i)\s+(?:<lens_kinds> )?<lens_nouns>\b"
_OPEN_END = r"(?i)\b<open_ends>$"
_HANGS_ON = r"(?i)\s+<hangs_on>\s"
_CLAUSE = r"(?i)<clauses>\b"
_GOES_ON = r"(?i)\s*(?:$|[,;.]|\b(?:<goes_on>|\w+ing)\b)"
_JOINER = r"(?i)<joiners>\Z"
_AND_BEFORE = r"(?i)\s+<joined_before>\s+$"
_AND_BEHIND = r"(?i)\s*<joined_behind>(?:\s+|$)"
_KEY = re.compile(r"<(\w+)>")


def _pattern(layout: Layout, form: str) -> re.Pattern[str]:
    """Return one of the patterns above with its words."""
    table = layout.tables.removal
    return re.compile(_KEY.sub(lambda key: f"(?:{'|'.join(map(re.escape, table[key[1]]))})", form))


def _is_article(layout: Layout, words: str) -> bool:
    return words.lower() in layout.tables.articles


def with_leads(layout: Layout, spans: Sequence[Span]) -> list[Span] | None:
    """Return spans with the words that would be left hanging: a preposition before, the "lens" behind "85mm".

    None where a sentence would lose what it speaks of, or a key its value.
    """
    out = []
    whole = _joined(layout, spans)
    if len(whole) < len(spans) and any(is_value(layout, span) for span in whole):
        return whole if all(layout.member_removal(span) for span in whole) else None
    for span in spans:
        phrase = next((one.span for one in layout.brief.phrases if one.span.contains(span)), span)
        noun = _pattern(layout, _NOUN).match(layout.text, span.end, phrase.end)
        end = noun.end() if noun else span.end
        before, behind = layout.text[phrase.start : span.start], layout.text[end : phrase.end]
        if is_value(layout, Span(span.start, end)) or before.endswith(_JOINED) or behind.startswith(_JOINED):
            return None
        if _pattern(layout, _OPEN_END).search(layout.text, span.start, end) or _OF.match(behind):
            return None
        if not before.strip() or _is_article(layout, before.strip()) or not _pattern(layout, _GOES_ON).match(behind):
            out.append(Span(span.start, end))
            continue
        lead = _pattern(layout, _LEAD).search(before)
        if lead is None:
            return None
        start = lead.start()
        if before[:start].split()[-1:] and before[:start].split()[-1].lower() in layout.tables.removal["tails"]:
            # "In the style of" something: what names no style without it goes too.
            looks = _LOOK.search(before, 0, len(before[:start].rstrip()))
            if looks is None:
                return None
            start = looks.start()
        if before[:start].split()[-1:] and before[:start].split()[-1].lower() in layout.tables.removal["needs_more"]:
            return None
        out.append(Span(phrase.start + start, end))
    return out


def leaves_stump(layout: Layout, span: Span) -> bool:
    """Tell whether a phrase without these words would end in one that needs them, or begin in the middle."""
    phrase = next((one.span for one in layout.brief.phrases if one.span.contains(span)), span)
    start, end = _with_alike(layout, span, phrase)
    before, behind = layout.text[phrase.start : start], layout.text[end : phrase.end]
    if layout.text[: span.start].endswith(_GLUED) or layout.text.startswith(_GLUED, span.end):
        return True
    if not before.strip():
        noun = layout.text[slice(*span)].split()[-1].lower() in layout.tables.removal["heads"]
        return bool(_pattern(layout, _HANGS_ON).match(behind)) or (noun and _waits_before(layout, phrase))
    words = before.split()
    last = words[-1].lower()
    if (last in layout.tables.removal["needs_more"] or _is_article(layout, last)) and _pattern(layout, _HANGS_ON).match(
        behind
    ):
        return True
    own = layout.text[slice(*span)].lower().split()
    table = layout.tables.removal
    if (
        last in table["needs_more"]
        and own[-1] in (*table["heads"], *table["tails"])
        and _pattern(layout, _AND_BEHIND).match(behind)
    ):
        return True
    if not _pattern(layout, _GOES_ON).match(behind) or _pattern(layout, _AND_BEHIND).match(behind):
        return False
    if _pattern(layout, _JOINER).match(before.strip()) and not behind.strip(_ENDS):
        return False
    if _to_the_next(layout, layout.tree.leaves(), span, phrase):
        return False
    if last in layout.tables.removal["needs_more"]:
        return True
    at = phrase.start + len(before.rstrip())
    named = any(one.span.end == at and one.section != "pose" for one in layout.brief.mentions)
    looks = any(one.span.end == at and one.section in _LOOKS for one in layout.brief.mentions)
    if own[-1] in layout.tables.removal["heads"] and (last.endswith("s") or not looks):
        return True
    return last.endswith("ly") or (len(words) > 1 and last.endswith("ing") and not named)


def _waits_before(layout: Layout, phrase: Span) -> bool:
    """Tell whether an adjective before the comma waits for a noun of this phrase: "with fair, smooth skin"."""
    last = [one.span for one in layout.brief.phrases if one.span.end <= phrase.start][-1:]
    words = layout.brief.words(last[0]).split() if last else []
    near = bool(last) and layout.text[last[0].end : phrase.start].strip() == ","
    opened = len(words) > 1 and words[-2].lower() in layout.tables.small_words
    return near and opened and _is_adjective(layout, words[-1])


def _with_alike(layout: Layout, span: Span, phrase: Span) -> Span:
    """Return a span with the words of its kind on both sides, which go as it goes: "8K ultra-detailed"."""
    own = next((one.concept.prefixes[1:2] for one in layout.brief.mentions if one.span.start == span.start), ())
    alike = [
        one.span for one in layout.brief.mentions if phrase.contains(one.span) and one.concept.prefixes[1:2] == own
    ]
    start, end = span
    for one in reversed(alike):
        start = one.start if one.end <= start and not layout.text[one.end : start].strip() else start
    for one in alike:
        end = one.end if one.start >= end and not layout.text[end : one.start].strip() else end
    return Span(start, end)


def is_value(layout: Layout, span: Span) -> bool:
    """Tell whether a span is all that a key of JSON-like text holds: without it there is no JSON."""
    if layout.brief.dialect != "structured":
        return False
    before, behind = layout.text[: span.start].rstrip(), layout.text[span.end :].lstrip()
    opened = re.search(r":\s*([\"“']?)$", before)
    return bool(opened and re.match(r"[\"”']" if opened.group(1) else r"[,}\]\r\n]", behind))


def removals(layout: Layout, spans: Sequence[Span]) -> tuple[Edit, ...]:
    """Return the edits that take spans out: with their brackets and separators, where they are all that those hold."""
    text, leaves = layout.text, layout.tree.leaves()
    runs: list[tuple[int, int, int]] = []
    edits: list[Edit] = []
    lists: set[int] = set()
    for span in _joined(layout, spans):
        if is_value(layout, span) and (member := layout.member_removal(span)) is not None:
            edits.append(member)
            continue
        if (element := _element(layout, span)) is not None:
            edits.append(element)
            continue
        phrase = next((one.span for one in layout.brief.phrases if one.span.contains(span)), span)
        lead, rest = text[phrase.start : span.start].strip(), text[span.end : phrase.end].strip(_ENDS)
        lead = "" if not rest and (_pattern(layout, _JOINER).match(lead) or _is_adjective(layout, lead)) else lead
        if rest.lower() in layout.tables.removal["tails"] and (not lead or _is_article(layout, lead)):
            rest = ""
        if rest or (lead and not _is_article(layout, lead)):
            listed = _to_the_next(layout, leaves, span, phrase)
            lists |= {listed.span.end} if listed else set()
            going_on = listed or _from_the_last(layout, leaves, span, phrase)
            edits.append(going_on or _whole_line(layout, _words(layout, span, phrase)))
            continue
        first, last = _with_brackets(leaves, phrase)
        start = span.start if lead else leaves[first].start
        if runs and all(leaf.kind is LeafKind.SEPARATOR for leaf in leaves[runs[-1][1] + 1 : first]):
            first, _, start = runs.pop()
        runs.append((first, last, start))
    edits += [_whole_line(layout, _begun(text, _closed(text, _run(leaves, *run)))) for run in runs]
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda one: one.span):
        if out and edit.span.start < out[-1].span.end:
            # Two words side by side both take the space between them.
            span = Span(out[-1].span.start, max(out[-1].span.end, edit.span.end))
            if out[-1].text and out[-1].span.end == edit.span.start + 1:
                # The first word is out, and so is the second that was to have its capital.
                out[-1] = _begun(text, Edit(span, edit.text))
                continue
            following = _COMMA_AFTER.match(text, span.end) if out[-1].span.end in lists else None
            if following:
                # The next of the list goes as well, and the one behind it is led by what led them.
                span = Span(span.start, following.end())
                lists.add(span.end)
            out[-1] = _spaced(text, Edit(span, out[-1].text + edit.text))
        else:
            out.append(edit)
    return tuple(out)


def _element(layout: Layout, span: Span) -> Edit | None:
    """Return the edit that takes a string out of a list of JSON-like text, where it holds others."""
    text, (start, end) = layout.text, span
    quoted = text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES
    if layout.brief.dialect != "structured" or not quoted:
        return None
    following = _NEXT_STRING.match(text, end + 1)
    if following and _OPENED.search(text, 0, start - 1):
        return Edit(Span(start - 1, following.end()), "")
    led = _COMMA_BEFORE.search(text, 0, start - 1)
    if led and re.match(r"\s*[\],]", text[end + 1 :]):
        return Edit(Span(led.start(), end + 1), "")
    return None


def _begun(text: str, edit: Edit) -> Edit:
    """Let what stands behind begin with a capital, as what is taken out began."""
    (start, end), before = edit.span, text[: edit.span.start].rstrip(" \t")
    opens = not before or before[-1] in '.!?:\n\r"“*•-'
    if opens and not edit.text and text[start:end].lstrip()[:1].isupper() and text[end : end + 1].islower():
        return Edit(Span(start, end + 1), text[end].upper())
    return edit


def _to_the_next(layout: Layout, leaves: Sequence[Leaf], span: Span, phrase: Span) -> Edit | None:
    """Return the edit that takes an adjective out up to the next one: "a realistic, moody portrait"."""
    text = layout.text
    before, behind = text[phrase.start : span.start], text[span.end : phrase.end]
    words = before.replace('"', " ").split()
    if behind.strip() or not words or words[-1].lower() not in layout.tables.removal["links"]:
        return None
    comma = next((leaf for leaf in leaves if leaf.start >= span.end and leaf.text.strip()), None)
    nouns = (*layout.tables.removal["heads"], *layout.tables.removal["tails"])
    if comma is None or comma.kind is not LeafKind.SEPARATOR or text[slice(*span)].split()[-1].lower() in nouns:
        return None
    end = comma.span.end
    while end < len(text) and text[end] in " \t":
        end += 1
    if _pattern(layout, _CLAUSE).match(text, end):
        return None
    return _agreeing(text, span.start, end, phrase)


def _from_the_last(layout: Layout, leaves: Sequence[Leaf], span: Span, phrase: Span) -> Edit | None:
    """Return the edit that takes an adjective out with the comma before it: "a moody, realistic portrait"."""
    number = next(at for at, leaf in enumerate(leaves) if leaf.span.end > span.start)
    comma = _beside(leaves, number, -1)
    if layout.text[phrase.start : span.start].strip() or comma is None or comma.kind is not LeafKind.SEPARATOR:
        return None
    before = next((one for one in layout.brief.phrases if one.span.end == comma.start), None)
    words = layout.brief.words(before.span).lower().split() if before else []
    if not words or comma.text.strip() != "," or _pattern(layout, _HANGS_ON).match(layout.text, span.end):
        return None
    opened = len(words) == 1 or words[-2] in layout.tables.small_words
    named = any(one.span.end == comma.start and one.concept.prefixes[-1] in _NOUNS for one in layout.brief.mentions)
    fits = opened and not named and (_is_adjective(layout, words[-1]) or _ADJECTIVE.search(words[-1]))
    return Edit(Span(comma.start, span.end), "") if fits else None


def _is_adjective(layout: Layout, word: str) -> bool:
    """Tell whether a word is an adjective and nothing else, so that it can't stand without its noun."""
    return word.lower() in layout.tables.choices["adjectives"]


def _agreeing(text: str, start: int, end: int, phrase: Span) -> Edit:
    """Take words out, and let the article before them fit what follows."""
    article = _ARTICLE_BEFORE.search(text, phrase.start, start)
    if article:
        wanted = "an" if _VOWEL.match(text, end) else "a"
        if article.group(1).lower() != wanted:
            kept = wanted.capitalize() if article.group(1)[0].isupper() else wanted
            return Edit(Span(article.start(1), end), kept + text[article.end(1) : start])
    return Edit(Span(start, end), "")


def _joined(layout: Layout, spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, as one those side by side, and those that are all that a value of JSON-like text lists."""
    out = _runs(layout.text, sorted(spans), "")
    values = [run for run in _runs(layout.text, out, ",;|/") if is_value(layout, run) or _element(layout, run)]
    return sorted([*values, *(span for span in out if not any(run.contains(span) for run in values))])


def _runs(text: str, spans: Sequence[Span], marks: str) -> list[Span]:
    """Return spans, as one those with nothing but blanks and some marks between them."""
    out: list[Span] = []
    for span in spans:
        near = bool(out) and not text[out[-1].end : span.start].strip(f" \t{marks}")
        out[-1:] = [Span(out[-1].start, max(out[-1].end, span.end))] if near else [*out[-1:], span]
    return out


def _with_brackets(leaves: Sequence[Leaf], phrase: Span) -> tuple[int, int]:
    """Return the numbers of the first and last leaf of a phrase and of the brackets that hold only it."""
    first = next(number for number, leaf in enumerate(leaves) if leaf.span.end > phrase.start)
    last = next(number for number, leaf in enumerate(leaves) if leaf.span.end >= phrase.end)
    while first > 0 and last + 1 < len(leaves) and leaves[first - 1].kind is LeafKind.OPEN:
        closing = last + 2 if leaves[last + 1].kind is LeafKind.WEIGHT else last + 1
        if closing >= len(leaves) or leaves[closing].kind is not LeafKind.CLOSE:
            break
        first, last = first - 1, closing
    return first, last


def _run(leaves: Sequence[Leaf], first: int, last: int, start: int) -> Edit:
    """Take leaves out with the separator before them; at the beginning or behind an article, with the one behind."""
    end = leaves[last].span.end
    before, after = _beside(leaves, first, -1), _beside(leaves, last, 1)
    if start == leaves[first].start and before is not None and before.kind in _PARTING:
        return Edit(Span(before.start, end), "")
    opens = before is None or before.kind in (LeafKind.STOP, LeafKind.NEWLINE)
    if after is not None and (after.kind in _PARTING or (after.kind is LeafKind.STOP and opens)):
        return Edit(Span(start, after.span.end), "")
    return Edit(Span(start, end), "")


def _beside(leaves: Sequence[Leaf], number: int, step: int) -> Leaf | None:
    """Return the next leaf on one side that is more than blank."""
    number += step
    while 0 <= number < len(leaves):
        if leaves[number].kind is not LeafKind.TEXT or leaves[number].text.strip():
            return leaves[number]
        number += step
    return None


def _closed(text: str, edit: Edit) -> Edit:
    """Take one of two spaces with it that would meet, or the last."""
    start, end = edit.span
    if start and text[start - 1] in " \t" and (end == len(text) or text[end] in " \t\r\n.,;:!?"):
        start -= 1
    if not edit.text and text[end : end + 1] in _STOPS and text[:start].endswith(_STOPS):
        end += 1
    return Edit(Span(start, end), edit.text)


def _spaced(text: str, edit: Edit) -> Edit:
    """Take the blank behind with it where two would meet."""
    start, end = edit.span
    meets = not edit.text and text[start - 1 : start] == " " == text[end : end + 1]
    return Edit(Span(start, end + 1), "") if meets else edit


def _whole_line(layout: Layout, edit: Edit) -> Edit:
    """Take the line with it that would be left as a bullet or a label with nothing behind."""
    text, (start, end) = layout.text, edit.span
    begin = max(text.rfind(mark, 0, start) for mark in "\r\n") + 1
    close = min((at for mark in "\r\n" if (at := text.find(mark, end)) >= 0), default=len(text))
    before, behind = text[begin:start], text[end:close]
    if "\n" in text[start:end] or behind.strip(" \t.,;") or edit.text or layout.style == "structured":
        return edit
    is_line = not before.strip() and not behind.strip() and begin > 0
    if not (is_line or _BULLET.fullmatch(before) or (layout.style == "labelled" and _LABEL.fullmatch(before))):
        return edit
    if close < len(text):
        newline = 2 if text.startswith("\r\n", close) else 1
        return Edit(Span(begin, close + newline), "")
    lead = 2 if text.startswith("\r\n", begin - 2) else 1
    return Edit(Span(max(0, begin - lead), close), "")


def _words(layout: Layout, span: Span, phrase: Span) -> Edit:
    """Take words out of a phrase: mind the conjunction, the article before, the capital at the beginning."""
    text, (start, end) = layout.text, span
    conjunction = _pattern(layout, _AND_BEHIND).match(text, end, phrase.end)
    before_and = _pattern(layout, _AND_BEFORE).search(text, phrase.start, start)
    if conjunction:
        end = conjunction.end()
    elif before_and and not re.match(r"\s+\w", text[end : phrase.end]):
        start = before_and.start()
        return Edit(Span(start, end), "")
    elif before_and and not _NOUN_BEFORE.search(text, phrase.start, before_and.start()):
        start = before_and.start() + 1
    while end < phrase.end and text[end].isspace():
        end += 1
    if not text[end : phrase.end].strip(_ENDS):
        while start > phrase.start and text[start - 1].isspace():
            start -= 1
        return Edit(Span(start, end), "")
    edit = _agreeing(text, start, end, phrase)
    if edit.text:
        return edit
    return _begun(text, Edit(Span(start, end), "")) if start == phrase.start else Edit(Span(start, end), "")
