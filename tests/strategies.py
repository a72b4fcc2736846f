"""Prompts for property tests: arbitrary text, and text put together from what prompts are made of."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    "portrait of a gardener", "natural light", "85mm f/1.4", "8k", "(sharp:1.2)", "[soft]", "((old))", "BREAK",
    "<lora:skin:0.6>", "__hair__", "{red|blue}", "{{ place }}", "--ar 3:4", "no hats", "film grain", "masterpiece",
    "Lighting: soft", "in a kitchen", "beautiful woman", '"OPEN 24 HOURS"', "flawless skin", "vibrant colors",
    "Negative prompt: cartoon", "a:b", "5,600 K", "x_y-z", "🙂", "é", "\\(name\\)", "f / 1. 4", "outdoors", "",
)  # fmt: skip
JOINTS = (
    ", ",
    ",",
    ". ",
    "\n",
    "\r\n",
    " ",
    " and ",
    "; ",
    ": ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    '"',
    "\t",
    " | ",
    "\n\n",
)

composed = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JOINTS)), max_size=14).map(
    lambda pairs: "".join(word + joint for word, joint in pairs)
)
structured = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)), max_size=6).map(
    lambda pairs: "{" + ", ".join(f'"{key}": "{value}"' for key, value in pairs) + "}"
)
prompts = st.one_of(composed, structured, st.text(max_size=200))
