"""The JSON report keeps to its schema, and its ranges lead back to the file."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema

from tests.cli.conftest import Run, write
from tests.schemas import objects

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = json.loads((files("promptlint") / "schemas" / "report.schema.json").read_text("utf-8"))


def report_of(run: Run, *args: str, stdin: bytes = b"") -> Any:
    """Run a check, and return its report, validated."""
    report = run("check", "--output-format", "json", *args, stdin=stdin).json
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    return report


def applied(text: str, edits: list[Any]) -> str:
    """Return a text with the edits of a report made."""
    for edit in reversed(edits):
        start, end = edit["range"]["start"]["offset"], edit["range"]["end"]["offset"]
        text = text[:start] + edit["text"] + text[end:]
    return text


def words_of(text: str, place: Any) -> str:
    """Return what stands at a range of a report."""
    return text[place["start"]["offset"] : place["end"]["offset"]]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_object_of_the_schema_is_closed() -> None:
    assert all("additionalProperties" in one for one in objects(SCHEMA))


def test_built_in_rules_keep_to_the_schema(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.prompt", "Beautiful woman taking selfie, realistic")
    write(tmp_path, "page.md", "# Shots\n\n```prompt\nflawless skin, natural light\n```\n")
    report = report_of(run, "--preset", "all", ".")
    assert report["summary"]["findings"] == sum(len(one["diagnostics"]) for one in report["files"]) > 0


def test_a_report_with_nothing_in_it(run: Run, tmp_path: Path) -> None:
    report = report_of(run)
    assert report["files"] == []
    assert report["summary"]["files"] == 0


def test_ranges_count_code_points_and_bytes(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "\ufeffa barn in Łódź 🏚\r\nby night, magic glow, dream blur")
    [file] = report_of(run)["files"]
    text, data = path.read_bytes().decode("utf-8-sig"), path.read_bytes()
    [glow, blur] = file["diagnostics"]
    for one, words in ((glow, "magic glow"), (blur, "dream blur")):
        start, end = one["range"]["start"], one["range"]["end"]
        assert text[start["offset"] : end["offset"]] == words
        assert data[start["byte"] : end["byte"]].decode() == words
    assert (glow["range"]["start"]["line"], glow["range"]["start"]["column"]) == (2, 11)
    assert (glow["prompt"], glow["part"], glow["url"]) == (0, "positive", None)


def test_all_fixes_are_there_and_lead_to_the_file(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "a barn, magic glow, dream blur")
    [glow, blur] = report_of(run)["files"][0]["diagnostics"]
    assert [fix["applicability"] for fix in blur["fixes"]] == ["unsafe"] * 3
    assert [fix["applicability"] for fix in glow["fixes"]] == ["safe"]
    edits = blur["fixes"][1]["edits"]
    assert applied(path.read_text(), edits) == "a barn, magic glow, shallow focus"


def test_the_edit_of_a_missing_negative_makes_one(run: Run, tmp_path: Path) -> None:
    text = "portrait of a baker at her oven, window light from the left"
    path = write(tmp_path, "page.md", f"# Shots\n\n> ```prompt\n> {text}\n> ```\n")
    found = report_of(run)["files"][0]["diagnostics"]
    [one] = [one for one in found if one["rule"] == "missing-negative"]
    after = applied(path.read_text(), one["fixes"][0]["edits"])
    assert f"> {text}\n> Negative prompt: " in after
    assert after.endswith("\n> ```\n")


def test_an_edit_of_a_quoted_fence_keeps_the_quote_marks(run: Run, house: Path) -> None:
    path = write(house, "page.md", "> ```prompt\n> a barn,\n> magic glow, at noon\n> ```\n")
    [one] = report_of(run)["files"][0]["diagnostics"]
    after = applied(path.read_text(), one["fixes"][0]["edits"])
    assert after == "> ```prompt\n> a barn,\n> a bare bulb, at noon\n> ```\n"


def test_prompts_say_where_and_what_they_are(run: Run, house: Path) -> None:
    positive = "portrait of a baker, magic glow"
    text = f"{positive}\nNegative prompt: plastic\nSteps: 20, Sampler: Euler, Seed: 1"
    write(house, "a.prompt", text)
    [prompt] = report_of(run)["files"][0]["prompts"]
    assert prompt["intent"] == "portrait"
    assert words_of(text, prompt["span"]) == positive
    assert words_of(text, prompt["negative"]) == "plastic"


def test_fixes_made_and_declined_are_counted(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, fairy haze, glow of wonder")
    report = report_of(run, "--fix")
    [file] = report["files"]
    assert file["fixes_made"] == report["summary"]["fixes_made"] == 1
    assert [one["rule"] for one in file["fixes_declined"]] == ["house-haze"]
    assert [one["rule"] for one in file["diagnostics"]] == ["house-haze"]


def test_could_not_check_names_paths_that_are_no_text(run: Run, house: Path) -> None:
    (house / "prompts").mkdir()
    (house / "prompts" / "x.prompt").write_bytes(b"\xff\xfe")
    [one] = report_of(run)["could_not_check"]
    assert one["path"] == "prompts/x.prompt"
    assert "UTF-16" in one["reason"]
