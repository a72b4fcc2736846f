"""Files that prompts live in: from a file's text to its prompts, and from edits back to the file.

A host knows a format and nothing of photography. Hosts are imported when a file asks for them.
"""

from __future__ import annotations

from promptlint.hosts.prompt import HostOptions, NegativeSlot, Prompt, PromptPart, StatedIntent, Unit
from promptlint.hosts.registry import extract, is_prompt_file

__all__ = ["HostOptions", "NegativeSlot", "Prompt", "PromptPart", "StatedIntent", "Unit", "extract", "is_prompt_file"]
