"""What a prompt wants: shown with its evidence, and stated by the file, the configuration or the command line."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.cli.conftest import Run, write

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = json.loads((files("promptlint") / "schemas" / "brief.schema.json").read_text("utf-8"))
BARN = "a barn at noon"
STATED = f"---\nintent: artwork\n---\n{BARN}\n"


def stated(run: Run, name: str, *args: str) -> tuple[str, str]:
    """Return the intent of a file's first prompt and who says so."""
    result = run("brief", "--format", "json", name, *args)
    assert result.code == 0, result.err
    jsonschema.Draft202012Validator(SCHEMA).validate(result.json)
    prompt = result.json["prompts"][0]
    return prompt["intent"], prompt["intent_from"]


class TestEvidence:
    def test_of_a_portrait_the_person_comes_first(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, "a.prompt", "an old welder, 35mm lens at f/2")
        [prompt] = run("brief", "--format", "json", "a.prompt").json["prompts"]
        found = [(one["intent"], one["text"]) for one in prompt["intent_evidence"]]
        assert found == [("portrait", "welder"), ("photo", "35mm"), ("photo", "f/2")]
        assert prompt["intent_evidence"][0]["range"]["start"]["offset"] == 7

    def test_in_text(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, "a.prompt", "a watercolor of an old welder")
        rows = [line.split() for line in run("brief", "a.prompt").out.splitlines()]
        assert ["intent", "artwork", "style.medium.watercolor", '"watercolor"'] in rows

    def test_without_any(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, "a.prompt", BARN)
        line = run("brief", "a.prompt").out.splitlines()[1]
        assert re.split(" {2,}", line.strip()) == ["intent", "photo", "nothing in it speaks for anything else"]

    def test_it_stays_where_somebody_else_decides(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, "a.prompt", "a watercolor of a barn")
        out = run("brief", "--intent", "photo", "a.prompt").out
        assert out.startswith("a.prompt: photo, ")
        assert "stated by the command line" in out
        assert 'style.medium.watercolor "watercolor"' in out


class TestWhoSaysSo:
    def test_the_words(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, "a.prompt", BARN)
        assert stated(run, "a.prompt") == ("photo", "the words")

    def test_the_file(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, "a.prompt", STATED.replace("artwork", "Artwork"))
        assert stated(run, "a.prompt") == ("artwork", "the file")
        assert "parameter" not in run("brief", "a.prompt").out

    def test_a_page_for_all_its_prompts(self, run: Run, tmp_path: Path) -> None:
        write(
            tmp_path, "a.md", f"---\nintent: edit\n---\n```prompt\n{BARN}\n```\n\n```prompt\n{BARN}, rim light\n```\n"
        )
        assert [one["intent"] for one in run("brief", "--format", "json", "a.md").json["prompts"]] == ["edit", "edit"]

    def test_the_configuration(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, "a.prompt", BARN)
        write(tmp_path, "promptlint.toml", 'intent = "portrait"\n')
        assert stated(run, "a.prompt") == ("portrait", "the configuration")

    def test_the_last_glob_that_matches(self, run: Run, tmp_path: Path) -> None:
        text = 'intent = "portrait"\n[per-file-intents]\n"art/**" = "artwork"\n"art/edits/" = "edit"\n'
        write(tmp_path, "promptlint.toml", text)
        for name in ("a.prompt", "art/b.prompt", "art/edits/c.prompt"):
            write(tmp_path, name, BARN)
        found = [stated(run, name)[0] for name in ("a.prompt", "art/b.prompt", "art/edits/c.prompt")]
        assert found == ["portrait", "artwork", "edit"]

    def test_the_file_overrules_the_configuration_and_the_command_line_both(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, "a.prompt", STATED)
        write(tmp_path, "promptlint.toml", 'intent = "portrait"\n')
        assert stated(run, "a.prompt") == ("artwork", "the file")
        assert stated(run, "a.prompt", "--intent", "edit") == ("edit", "the command line")


class TestWhatItDoes:
    def spoken(self, run: Run, *args: str) -> set[str]:
        return set(run("check", "--output-format", "json", *args).json["summary"]["by_rule"])

    def test_rules_on_photographs_are_silent_on_what_is_said_to_be_none(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, "a.prompt", BARN)
        assert "missing-lens" in self.spoken(run)
        assert "missing-lens" not in self.spoken(run, "--intent", "artwork")
        write(tmp_path, "a.prompt", STATED)
        assert "missing-lens" not in self.spoken(run)
        assert "missing-lens" in self.spoken(run, "--intent", "photo")

    def test_fixes_are_made_and_the_front_matter_stays(self, run: Run, tmp_path: Path) -> None:
        text = "---\nintent: photo\n---\na barn in a painting style, 8k\n"
        path = write(tmp_path, "a.prompt", text.replace("photo", "artwork"))
        run("check", "--fix", "--select", "vague-quality", "a.prompt")
        assert path.read_text() == text.replace("photo", "artwork")
        path = write(tmp_path, "a.prompt", text)
        run("check", "--fix", "--select", "vague-quality", "a.prompt")
        assert path.read_text() == text.replace(", 8k", "")


class TestMistakes:
    NONE = "is none of portrait, photo, artwork, edit"

    @pytest.mark.parametrize("command", ["check", "brief"])
    def test_of_a_file(self, run: Run, tmp_path: Path, command: str) -> None:
        write(tmp_path, "a.prompt", "---\nmodel: sdxl\nintent: artwrk\n---\na barn\n")
        result = run(command, "a.prompt")
        assert result.code == 2
        assert f'a.prompt: line 3: intent: "artwrk" {self.NONE}; did you mean "artwork"?' in result.err
        assert "Traceback" not in result.err

    @pytest.mark.parametrize("text", ['intent = "foto"', '[per-file-intents]\n"a*" = "foto"'])
    def test_of_a_configuration(self, run: Run, tmp_path: Path, text: str) -> None:
        write(tmp_path, "a.prompt", BARN)
        write(tmp_path, "promptlint.toml", text)
        result = run("brief", "a.prompt")
        assert result.code == 2
        assert result.err.startswith("promptlint: promptlint.toml: ")
        assert result.err.endswith(f'"foto" {self.NONE}; did you mean "photo"?\n')
        assert result.err.count("\n") == 1

    @pytest.mark.parametrize("command", ["check", "brief"])
    def test_of_the_command_line(self, run: Run, tmp_path: Path, command: str) -> None:
        write(tmp_path, "a.prompt", BARN)
        result = run(command, "--intent", "portait", "a.prompt")
        assert result.code == 2
        assert f'--intent: "portait" {self.NONE}; did you mean "portrait"?' in result.err

    @pytest.mark.parametrize(("word", "code"), [("informational", 0), ("landscape", 0), ("portait", 2)])
    def test_a_page_may_have_a_key_of_another_tool(self, run: Run, tmp_path: Path, word: str, code: int) -> None:
        write(tmp_path, "a.md", f"---\nintent: {word}\n---\n```prompt\n{BARN}\n```\n")
        assert run("brief", "a.md").code == code


class TestSchema:
    def test_it_is_one(self) -> None:
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "portrait of a baker, no window light, 24-70mm lens\nNegative prompt: plastic skin\nSteps: 20, Seed: 3\n",
            "an owl --no people --ar 3:2",
            '{"subject": "an owl", "lighting": "rim light", "negative": "people"}',
            "Subject: an owl\nLighting: rim light\nPalette: muted greens\nfirst: hm",
            "---\nmodel: sdxl\nnegative: cars\n---\n納屋, rim light",
        ],
    )
    def test_briefs_keep_to_it(self, run: Run, tmp_path: Path, text: str) -> None:
        write(tmp_path, "a.prompt", text)
        brief = run("brief", "--format", "json", "a.prompt").json
        jsonschema.Draft202012Validator(SCHEMA).validate(brief)

    def test_it_is_closed(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, "a.prompt", "an owl")
        brief: Any = run("brief", "--format", "json", "a.prompt").json
        brief["prompts"][0]["mood"] = "none"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(SCHEMA).validate(brief)
