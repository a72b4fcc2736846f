from __future__ import annotations

import time

import pytest

from promptlint.hosts.markdown_guard import is_label


def texts(prompts):
    return [prompt.positive.text for prompt in prompts]


def fence(text, info=""):
    return f"```{info}\n{text}\n```\n"


@pytest.mark.parametrize("info", ["prompt", "PROMPT", "text-prompt", "midjourney", "sd", "{.prompt}", "prompt title=x"])
def test_a_fence_that_says_prompt(prompts, info):
    (prompt,) = prompts("a.md", "words\n\n" + fence("portrait of a diver", info))
    assert prompt.positive.text == "portrait of a diver"
    assert prompt.locator == "fence at line 3"


@pytest.mark.parametrize("info", ["bash", "python", "yaml", "console", "diff", "json", "js prompt"])
def test_fences_of_other_languages_are_left_alone(prompts, info):
    page = fence("portrait of a diver", info)
    assert prompts("a.md", page, every_fence=True) == []
    if info != "json":
        assert prompts("a.md", "**Prompt:**\n\n" + page, every_fence=True) == []


@pytest.mark.parametrize("info", ["", "text"])
def test_a_plain_fence_needs_a_reason(prompts, info):
    page = "# Install\n\nRun this:\n\n" + fence("portrait of a diver", info)
    assert prompts("a.md", page) == []
    assert texts(prompts("a.md", page, every_fence=True)) == ["portrait of a diver"]


@pytest.mark.parametrize(
    "before",
    [
        "Prompt:",
        "**Prompt**:",
        "**Prompt:**\n\nMade in an evening.",
        "## Prompt",
        "### A prompt for the cover",
        "- Prompt 3:",
        "Prompt (English)",
        "Midjourney prompt:",
        "Here is the prompt I used:",
        "> Prompt:",
        "<details>\n<summary><b>Prompt</b></summary>",
        "提示词：",
        "Model: flux\nPrompt:",
        "Prompt\n------",
        "## Prompt\n\n### In the evening",
    ],
)
def test_labels_that_make_a_fence_a_prompt(prompts, before):
    assert texts(prompts("a.md", f"{before}\n\n{fence('portrait of a diver')}")) == ["portrait of a diver"]


@pytest.mark.parametrize(
    "before",
    [
        "Run promptlint on a file:",
        "A prompt is a text. It may be long.",
        "## System prompt",
        "## Prompt engineering",
        "Prompt: portrait of a nun",
        "## Prompt\n\n## Install",
        "## Prompt\n\nOne.\n\nTwo.",
        "Prompt:\n\n```bash\nls\n```",
        "Negative prompt:",
        "## Negative prompt",
        "`prompt` is an option of this program that nobody needs, and this sentence is far too long:",
    ],
)
def test_what_makes_no_prompt_of_a_fence(prompts, before):
    assert prompts("a.md", f"{before}\n\n{fence('portrait of a diver')}") == []


@pytest.mark.parametrize("line", ["", "x" * 100 + " prompt:", "negative prompt:", "the login prompt:"])
def test_what_is_no_label(line):
    assert not is_label(line)
    assert not is_label(line, heading=True)


def test_a_section_of_prompts_covers_its_fences(prompts):
    page = "## Portrait prompts\n\n1. quay\n\n" + fence("a diver") + "\n2. church\n\n" + fence("a nun")
    page += "\n### Kitchen\n\n" + fence("a cook") + "\n## Install\n\n" + fence("pip")
    assert texts(prompts("a.md", page)) == ["a diver", "a nun", "a cook"]


def test_the_title_covers_a_page_but_not_a_readme(prompts):
    page = "# Portrait prompts\n\n## Quay\n\nIn the evening.\n\n" + fence("a diver")
    assert texts(prompts("prompts.md", page)) == ["a diver"]
    assert prompts("README.md", page) == []


def test_json_after_a_label_is_handed_out_as_it_is(prompts):
    (prompt,) = prompts("a.md", "Prompt:\n\n" + fence('{"subject": "a diver"}', "json"))
    assert prompt.positive.text == '{"subject": "a diver"}'
    assert prompt.negative_slot is None


def test_an_infotext_in_a_fence(prompts):
    page = fence("a diver\nNegative prompt: blur\nSteps: 20, Seed: 1, Sampler: Euler", "prompt")
    (prompt,) = prompts("a.md", page)
    assert (prompt.positive.text, prompt.negative.text) == ("a diver", "blur")
    assert prompt.parameters["Sampler"] == "Euler"


@pytest.mark.parametrize(
    "label", ["Negative prompt:\n\n", "**Negative prompt:**\n", "### Negative prompt\n", "Negative:\n"]
)
@pytest.mark.parametrize("info", ["", "text", "prompt"])
def test_a_fence_labelled_negative_belongs_to_the_prompt_before(prompts, label, info):
    page = "Prompt:\n" + fence("a diver") + label + fence("blur", info) + "\n" + fence("a nun", "prompt")
    first, second = prompts("a.md", page)
    assert (first.positive.text, first.negative.text, first.negative_slot) == ("a diver", "blur", None)
    assert (second.positive.text, second.negative) == ("a nun", None)


@pytest.mark.parametrize("second", ["```negative\nblur\n```", "```prompt\nNegative prompt: blur\n```"])
def test_a_fence_that_is_a_negative_by_itself(prompts, second):
    (prompt,) = prompts("a.md", fence("a diver", "prompt") + "\n" + second)
    assert prompt.negative.text == "blur"


def test_a_negative_without_a_prompt_before_is_left_alone(prompts):
    page = "Prompt:\n" + fence("a diver") + "\n" + fence("ls", "bash") + "\nNegative prompt:\n\n" + fence("blur")
    (prompt,) = prompts("a.md", page)
    assert prompt.negative is None


def test_a_second_negative_does_not_replace_the_first(prompts):
    page = fence("a diver\nNegative prompt: blur", "prompt") + "\nNegative prompt:\n" + fence("smoke")
    (prompt,) = prompts("a.md", page)
    assert prompt.negative.text == "blur"


@pytest.mark.parametrize(
    ("page", "prefix"),
    [
        ("```prompt\na diver,\n  85mm\n```", ""),
        ("> ```prompt\n> a diver,\n>   85mm\n> ```", "> "),
        ("- x\n\n  ```prompt\n  a diver,\n    85mm\n  ```", "  "),
        ("1. - ```prompt\n     a diver,\n       85mm\n     ```", "     "),
        ("> - ```prompt\n>   a diver,\n>     85mm\n>   ```", ">   "),
        ("   ~~~ prompt\n   a diver,\n     85mm\n   ~~~", "   "),
        ("> > ```prompt\n> > a diver,\n> >   85mm", "> > "),
        ("```prompt\na diver,\n  85mm", ""),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("tail", ["", "\n", "\n\nmore"])
def test_prefixes_of_quotes_and_lists(prompts, with_negative, *, page, prefix, ending, tail):
    if tail == "\n\nmore" and not page.endswith(("```", "~~~")) and not page.startswith(">"):
        tail = "\n"
    text = ("Für 🙂\n\n" + page + tail).replace("\n", ending)
    (prompt,) = prompts("a.md", text)
    assert prompt.positive.text == f"a diver,{ending}  85mm"
    assert prompt.line_prefix == prefix
    (again,) = prompts("a.md", with_negative(text, prompt, "blur"))
    assert (again.positive.text, again.negative.text) == (prompt.positive.text, "blur")


def test_blank_lines_in_a_quoted_fence(prompts):
    (prompt,) = prompts("a.md", "> ```prompt\n>\n> a diver\n>\n> 85mm\n>\n> ```\n")
    assert prompt.positive.text == "a diver\n\n85mm"
    assert prompt.line_prefix == "> "


def test_a_tab_that_an_indent_cuts_through(prompts):
    (prompt,) = prompts("a.md", "- ```prompt\n  a\n\tdiver\n  ```")
    assert prompt.positive.text.split() == ["a", "diver"]


@pytest.mark.parametrize("page", ["```prompt\n```", "```prompt", "```prompt\n\n \n```", "> ```prompt", "", "\ufffd"])
def test_empty_fences(prompts, page):
    assert prompts("a.md", page) == []


def test_front_matter_names_the_model_and_is_no_block(prompts):
    page = "---\ntitle: Prompts\nmodel: flux-dev\n---\n\n" + fence("a diver", "prompt")
    (prompt,) = prompts("a.md", page)
    assert prompt.parameters == {"model": "flux-dev"}
    assert prompt.locator == "fence at line 6"


@pytest.mark.parametrize("matter", ["a: b: c", "{{ page }}", "- a"])
def test_front_matter_that_is_not_yaml_is_none_of_ours(prompts, matter):
    (prompt,) = prompts("a.md", f"---\n{matter}\n---\n" + fence("a diver", "prompt"))
    assert prompt.parameters == {}


@pytest.mark.parametrize(
    "page",
    [
        "> " * 50_000 + "```prompt\nx",
        "- " * 50_000 + "```prompt\nx",
        "```prompt\nx\n```\n" * 5_000,
        "Prompt:\n\n" + "```\n" + "> x\n" * 50_000 + "```",
        "<" * 100_000 + "\n\n```\nx\n```",
        "*" * 100_000 + "\n\n```\nx\n```",
        "[a]: " * 20_000 + "\n\n```\nx\n```",
        ">" * 20 + "```prompt\n" + (">" * 20 + " x\n") * 5_000,
        "`" * 100_000,
        "prompt (" * 20_000 + "\n\n```\nx\n```",
    ],
)
def test_pages_of_one_thing_take_linear_time(prompts, page):
    start = time.perf_counter()
    prompts("a.md", page)
    assert time.perf_counter() - start < 5
