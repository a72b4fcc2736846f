"""How many tokens a text is to the encoder that reads it. It knows nothing of prompts and models."""

from __future__ import annotations

from promptlint.tokens.encoders import Encoder, encoder
from promptlint.tokens.word import Word

__all__ = ["Encoder", "Word", "encoder"]
