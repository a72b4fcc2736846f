"""Ways out of a finding: built from the rule's file, placed in the prompt's own style, verified before they count."""

from __future__ import annotations

from promptlint.fixes.apply import Declined, Fixed, fix_prompt
from promptlint.fixes.edits import EditedText, apply_edits
from promptlint.fixes.offer import HouseStyle, offer

__all__ = ["Declined", "EditedText", "Fixed", "HouseStyle", "apply_edits", "fix_prompt", "offer"]
