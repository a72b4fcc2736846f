"""Labelled prompts, one section a line: `Lighting: soft window light`."""

from __future__ import annotations

import re

_LABEL = re.compile(r"\s*(?:[-*+•]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)?[*_]{0,2}([^\W\d_][\w &/'-]{0,39}?)[*_]{0,2} ?[:：]")

_KNOWN = frozenset(
    """
    action; age; angle; appearance; aspect ratio; atmosphere; avoid; background; camera; camera angle;
    camera settings; character; clothing; color; color grading; color palette; colors; colour; colour grading;
    colour palette; colours; composition; constraints; depth of field; details; environment; expression; eyes;
    face; film; film stock; focus; foreground; format; framing; hair; intent; lens; light; lighting; location;
    makeup; man; materials; medium; mood; negative; negative prompt; outfit; palette; person; perspective;
    photo; place; pose; post-processing; props; quality; resolution; scene; season; setting; shot; shot type;
    skin; skin texture; style; subject; subjects; technical; texture; textures; theme; time; time of day;
    tone; visual style; wardrobe; weather; woman
    """.replace("\n   ", "")
    .strip()
    .split("; ")
)
"""Words that head a line of a prompt, spaces collapsed."""


def label_of(line: str) -> str | None:
    """Return the known label that a line starts with, in lower case, whatever its decoration."""
    match = _LABEL.match(line)
    if match is None:
        return None
    label = " ".join(match.group(1).lower().split())
    return label if label in _KNOWN else None
