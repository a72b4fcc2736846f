"""`promptlint model`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def test_one_line_for_each_model(run: Run) -> None:
    result = run("model")
    assert result.code == 0
    names = [line.split()[0] for line in result.out.splitlines()]
    assert names == sorted(names)
    assert [one["name"] for one in run("model", "--format", "json").json] == names
    (retired,) = [line for line in result.out.splitlines() if line.startswith("imagen-4-ultra ")]
    assert retired.endswith("negative prompt: no; retired on 2026-08-17")


def test_a_page(run: Run) -> None:
    result = run("model", "realisticVisionV51_v51VAE.safetensors")
    assert result.code == 0
    assert result.out.startswith("Realistic Vision v5.1 (realistic-vision-5.1)\n\nwhat it does     makes pictures\n")
    assert "\nguidance         3.5 to 7\n" in result.out
    assert "\nreads up to      75 tokens; 77 with the marks of start and end\n" in result.out
    assert "\nSources, read on 2026-11-23\n  - huggingface.co/SG161222/" in result.out
    assert max(map(len, result.out.splitlines())) <= 88


def test_a_retired_model_names_its_successor(run: Run) -> None:
    page = run("model", "imagen-4-ultra").out.splitlines()
    assert page[1] == "Retired on 2026-08-17; its successor is Nano Banana 2.1 (nano-banana-2.1)."


def test_a_page_tells_what_is_otherwise_at_a_host_and_what_is_not_settled(run: Run) -> None:
    page = run("model", "flux-1.1-pro-ultra").out
    host = page[page.index("\nAt replicate (flux-1.1-pro-ultra@replicate)\n") :]
    assert host.splitlines()[2] == "  - aspect ratios: 21:9, 16:9, 3:2, 4:3, 5:4, 1:1, 4:5, 3:4, 2:3, 9:16, 9:21"
    assert "\nNot settled by any source\n  - the text encoder\n" in page


def test_the_model_at_a_host(run: Run) -> None:
    page = run("model", "sdxl@comfyui").out
    assert page.startswith("Stable Diffusion XL (sdxl@comfyui)\n")
    assert "\nruns on          ComfyUI\n" in page
    assert "\nsyntax           (words:1.2), ((words)), embedding:name\n" in page


def test_side_by_side(run: Run) -> None:
    result = run("model", "flux-schnell", "sdxl-turbo")
    rows = result.out.splitlines()
    assert rows[0].split("  ")[-1].strip() == "SDXL Turbo (sdxl-turbo)"
    assert "  runs on          " in result.out
    assert any(row.startswith("* steps ") and "4 by default" in row and row.endswith("1 to 4") for row in rows)
    assert any(row.startswith("  guidance ") and row.count("0 to 1") == 2 for row in rows)


def test_json(run: Run) -> None:
    one, other = run("model", "qwen-image@plus", "midjourney-7", "--format", "json").json
    assert (one["name"], one["host"], one["limit"]) == ("qwen-image", "plus", {"characters": 800, "beyond": "cut"})
    assert (other["negative"], other["takes_negative"], other["syntax"]) == ("flag", True, ["part-weight", "flag"])


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("flux-de", 'unknown model "flux-de"; did you mean "flux-dev"?'),
        ("sdxl@here", '"sdxl" is not known at "here"; it is known at a1111, comfyui, invokeai, diffusers'),
    ],
)
def test_a_wrong_name(run: Run, name: str, says: str) -> None:
    result = run("model", "sdxl", name)
    assert (result.code, result.out, result.err) == (2, "", f"promptlint: {says}\n")
