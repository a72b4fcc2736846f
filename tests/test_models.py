"""The catalogue of models: every name leads to its model, and what a file says can be used."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from promptlint import models
from promptlint.checks.settings import as_ratio
from promptlint.errors import ConfigError

CATALOGUE = models.catalogue()
DAY = re.compile(r"\d{4}-\d\d-\d\d")
HOSTS = [(model, host) for model in CATALOGUE.values() for host in model.hosts]


@pytest.mark.parametrize("model", CATALOGUE.values(), ids=lambda model: model.name)
class TestModel:
    def test_it_is_found_by_every_name_it_has(self, model: models.Model) -> None:
        assert re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", model.name)
        for spelled in (model.name, model.title, *model.aliases):
            assert models.find(spelled) is model

    def test_its_facts_have_days_and_sources(self, model: models.Model) -> None:
        assert model.sources
        assert DAY.fullmatch(model.verified_on)
        assert not model.retired_on or (DAY.fullmatch(model.retired_on) and model.retired_on <= model.verified_on)
        assert not model.retires_on or (DAY.fullmatch(model.retires_on) and model.retires_on > model.verified_on)

    def test_what_it_names_is_known(self, model: models.Model) -> None:
        assert model.runs_on
        assert set(model.runs_on) <= models.runtimes().keys()
        assert not model.successor or model.successor in CATALOGUE
        for shape in (*model.ratios, *filter(None, [model.sizes.widest])):
            assert as_ratio(shape)
        for size in (*model.sizes.only, *model.sizes.common, *filter(None, [model.sizes.native])):
            assert re.fullmatch(r"[1-9]\d+x[1-9]\d+", size)

    def test_a_place_of_it_is_the_model_as_it_is_there(self, model: models.Model) -> None:
        for place in model.places:
            there = models.find(f"{model.name}@{place}")
            assert (there.name, there.host, there.title) == (model.name, place, model.title)


@pytest.mark.parametrize(("model", "host"), HOSTS, ids=lambda one: one.name)
def test_the_name_at_a_host_leads_to_the_model_there(model: models.Model, host: models.Host) -> None:
    for alias in host.aliases:
        assert models.find(alias).full_name == f"{model.name}@{host.name}"


def test_no_two_models_share_a_name() -> None:
    keys = sorted(
        (key, model.name)
        for model in CATALOGUE.values()
        for key in {models._key(spelled) for spelled in (model.name, model.title, *model.aliases)}
    )
    assert [(one, other) for one, other in pairwise(keys) if one[0] == other[0]] == []


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("flux-pro-1.1-ultra", "flux-1.1-pro-ultra"),
        ("Flux 1.1 Pro Ultra", "flux-1.1-pro-ultra"),
        ("black-forest-labs/flux-1.1-pro-ultra", "flux-1.1-pro-ultra@replicate"),
        ("realisticVisionV51", "realistic-vision-5.1"),
        ("realisticVisionV51_v51VAE.safetensors", "realistic-vision-5.1"),
        ("v1-5-pruned-emaonly.safetensors [6ce0161689]", "sd-1.5"),
        (r"C:\models\sd_xl_base_1.0.safetensors", "sdxl"),
        ("unet/flux1-dev-Q4_K_S.gguf", "flux-dev"),
        ("sdxl@Forge", "sdxl@a1111"),
        ("qwen-image-max", "qwen-image@max"),
    ],
)
def test_names_of_vendors_hosts_and_files(spelled: str, name: str) -> None:
    assert models.find(spelled).full_name == name


@pytest.mark.parametrize(
    ("spelled", "says"),
    [
        ("flx-dev", 'unknown model "flx-dev"; did you mean "flux-dev"?'),
        ("realisticVisonV51_v51VAE.ckpt", 'did you mean "realistic-vision-5.1"?'),
        ("sdxl@nowhere", '"sdxl" is not known at "nowhere"; it is known at a1111, comfyui, invokeai, diffusers'),
        ("dall-e-3@comfyui", '"dall-e-3" is not known at "comfyui"; leave out what follows the @'),
        ("quixotic", 'unknown model "quixotic"'),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(spelled: str, says: str) -> None:
    with pytest.raises(ConfigError) as raised:
        models.find(spelled)
    assert str(raised.value).endswith(says)


@pytest.mark.parametrize(
    "slip", ["realisticVisonV51_v51VAE", "sdxl-tubro", "midjouney", "flux-1.1-pro-ulta", "sdlx-turbo"]
)
def test_a_slip_of_the_hand(slip: str) -> None:
    assert models.slip_of(slip) is not None


@pytest.mark.parametrize(
    "name",
    [
        "realisticVisionV60B1_v51VAE",
        "realisticVisionV51_v51VAE-inpainting",
        "RealVisXL_V3.0",
        "realvisxlV50_v50LightningBakedvae",
        "flux1-fill-dev",
        "flux-1.1-pro-lora",
        "z_image_de_turbo",
        "sd_xl_refiner_1.0",
        "sdxl",
        "flux",
    ],
)
def test_another_model_is_no_slip(name: str) -> None:
    assert models.slip_of(name) is None


def test_a_host_takes_what_the_model_by_itself_does_not() -> None:
    local, hosted = models.find("qwen-image"), models.find("qwen-image@plus")
    assert (local.limit.tokens, local.limit.characters) == (512, None)
    assert (hosted.limit.tokens, hosted.limit.characters) == (None, 800)
    assert local.syntax > hosted.syntax == frozenset()


def test_a_runtime_reads_its_own_syntax_and_cuts_or_chunks() -> None:
    web, plain = models.find("realistic-vision-5.1@a1111"), models.find("realistic-vision-5.1@diffusers")
    assert "break" in web.syntax
    assert not plain.syntax
    assert (web.limit.beyond, plain.limit.beyond) == ("chunks", "cut")
    assert (web.dialect, plain.dialect) == ("a1111", "natural")


@pytest.mark.parametrize(
    ("name", "takes", "refuses"),
    [
        ("realistic-vision-5.1", True, False),
        ("realvisxl-3.0-turbo", True, False),
        ("midjourney-7", True, False),
        ("flux-dev", False, False),
        ("midjourney-8.1", False, False),
        ("flux-1.1-pro-ultra", False, True),
        ("gpt-image-2", False, True),
    ],
)
def test_whether_a_negative_prompt_has_a_place(name: str, takes: bool, refuses: bool) -> None:
    model = models.find(name)
    assert (model.takes_negative, model.refuses_negative) == (takes, refuses)
