"""Ways out of a finding: built from the rule's file, placed in the prompt's own style, verified before they count."""

from __future__ import annotations

from promptlint.fixes.apply import Declined, Fixed, fix_prompt
from promptlint.fixes.asking import Ask, Question, choose_fixes
from promptlint.fixes.edits import EditedText, apply_edits
from promptlint.fixes.offer import HouseStyle, offer

__all__ = [
    "Ask",
    "Declined",
    "EditedText",
    "Fixed",
    "HouseStyle",
    "Question",
    "apply_edits",
    "choose_fixes",
    "fix_prompt",
    "offer",
]
