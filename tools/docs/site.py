"""All pages of the site, and the order in which they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from promptlint import models, rules
from promptlint.brief.knowledge import RULE_SECTIONS
from tools.docs import config_keys, forms, knowledge_pages, programs, schemas
from tools.docs.markup import bullets
from tools.docs.model_pages import model_pages
from tools.docs.rule_pages import presets, rule_pages

ROOT = Path(__file__).parent.parent.parent
_PAGES = ROOT / "docs" / "pages"
_INSERT = re.compile(r"^<!-- insert: ([\w-]+) -->$", re.MULTILINE)
_INSERTS: dict[str, Callable[[], str]] = {
    "check-kinds": forms.check_kinds,
    "commands": programs.commands,
    "interface": programs.interface,
    "keys": config_keys.config_keys,
    "knowledge-form": forms.knowledge_form,
    "model-form": forms.model_form,
    "presets": presets,
    "rule-form": forms.rule_form,
    "schema-list": lambda: bullets(f"[{schemas.title(name)}](schemas/{name}.md)" for name in schemas.schema_names()),
}
"""What written pages ask for with `<!-- insert: NAME -->`."""
_ROOT_PAGES = {
    "architecture.md": "docs/architecture.md",
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
}
"""Pages that are files of the repository, read there too."""


def pages() -> dict[str, str]:
    """Return every page as Markdown, by its path."""
    return written_pages() | rule_pages() | model_pages() | knowledge_pages.knowledge_pages() | schemas.schema_pages()


def written_pages() -> dict[str, str]:
    """Return the pages that people write, with what they ask for in its place."""
    own = {path.relative_to(_PAGES).as_posix(): path for path in sorted(_PAGES.rglob("*.md"))}
    own |= {page: ROOT / path for page, path in _ROOT_PAGES.items()}
    return {page: _INSERT.sub(_inserted, _moved(path.read_text("utf-8"))) for page, path in own.items()}


def is_own_page(path: str) -> bool:
    """Tell whether a page is written for the site: its commands are run, and what they print is put below them."""
    return (_PAGES / path).is_file()


def _inserted(match: re.Match[str]) -> str:
    return _INSERTS[match.group(1)]()


def _moved(text: str) -> str:
    """Point links between files of the repository at the pages that these have become."""
    for page, path in _ROOT_PAGES.items():
        text = text.replace(f"]({path})", f"]({page})")
    return text


def nav() -> list[Any]:
    """Return the pages in their order, under titles, as Zensical wants them."""
    return [
        {"Home": "index.md"},
        {"Getting started": "getting-started.md"},
        {
            "Using it": [
                {"Command line": "command-line.md"},
                {"Configuration": "configuration.md"},
                {"pre-commit and CI": "ci.md"},
                {"Editors": "editors.md"},
                {"One change at a time": "history.md"},
                {
                    "JSON output": [
                        {"The report": "json.md"},
                        *({f"Schema: {schemas.title(name)}": f"schemas/{name}.md"} for name in schemas.schema_names()),
                    ]
                },
            ]
        },
        {"Rules": ["rules/index.md", *_rules()]},
        {"Models": ["models/index.md", {"By name": [{name: f"models/{name}.md"} for name in models.catalogue()]}]},
        {
            "Knowledge": [
                "knowledge/index.md",
                {"Film stocks": "knowledge/films.md"},
                {"Light sources": "knowledge/light.md"},
                *(
                    {knowledge_pages.section_title(section): f"knowledge/concepts-{section}.md"}
                    for section in knowledge_pages.sections()
                ),
            ]
        },
        {
            "Extending": [
                {"Writing rules": "writing-rules.md"},
                {"Writing knowledge": "writing-knowledge.md"},
                {"Plug-ins": "plug-ins.md"},
                {"Python API": "python.md"},
            ]
        },
        {
            "Project": [
                {"Architecture": "architecture.md"},
                {"Contributing": "contributing.md"},
                {"Changelog": "changelog.md"},
            ]
        },
    ]


def _rules() -> list[Any]:
    ordered = sorted(rules.builtin(), key=lambda rule: (RULE_SECTIONS.index(rule.file.section), rule.code))
    return [
        {section.capitalize(): [{rule.name: f"rules/{rule.name}.md"} for rule in members]}
        for section, members in groupby(ordered, key=lambda rule: rule.file.section)
    ]


def paths_in(entry: Any) -> list[str]:
    """Return the pages that a part of `nav` names."""
    if isinstance(entry, str):
        return [entry]
    inside = entry.values() if isinstance(entry, dict) else entry
    return [path for one in inside for path in paths_in(one)]
