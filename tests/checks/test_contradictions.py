"""Contradictions that have to be found, and prompts with the same words that contradict nothing."""

from __future__ import annotations

import pytest

from promptlint.brief import reader
from promptlint.linter import Linter
from promptlint.rules import builtin

NAMES = {
    "lighting-conflict",
    "light-scene-conflict",
    "implausible-color-temperature",
    "unknown-film-stock",
    "film-color-conflict",
    "catchlight-conflict",
    "depth-of-field-conflict",
    "implausible-optics",
    "focal-length-conflict",
    "angle-conflict",
    "style-conflict",
}
LINTER = Linter([rule for rule in builtin() if rule.name in NAMES], reader())

CONTRADICTIONS = [
    # The sky and its shadows
    ("lighting-conflict", "portrait of a roofer on a ladder, overcast day, razor-sharp shadows on the tiles"),
    ("lighting-conflict", "A vet kneels beside a calf under an overcast sky, harsh sunlight on her face."),
    ("lighting-conflict", "Lighting: open shade, hard-edged shadows\nSubject: a tram conductor\nLens: 50mm"),
    # The height of the sun
    ("lighting-conflict", "a shepherd with his dog, golden hour, overhead sun, dry grass"),
    ("lighting-conflict", "Photo of a salt worker raking at high noon, long shadows across the pans."),
    ("lighting-conflict", "portrait of a kayaker at blue hour, harsh direct sunlight, wet paddle"),
    # Kelvin
    ("lighting-conflict", "portrait of a glassblower at sunset, 6000K, harbor wall behind her"),
    ("lighting-conflict", "A nun copies a page by candlelight, color temperature 5200K."),
    ("implausible-color-temperature", "headshot of an auditor, studio strobe at 3000K, gray backdrop"),
    ("implausible-color-temperature", "headshot of an auditor, window light, 55000K"),
    ("implausible-color-temperature", "portrait of a barber, fluorescent light at 9000 kelvin, tiled wall"),
    # Patterns
    ("lighting-conflict", "headshot of a boxer, Rembrandt lighting, flat frontal lighting, black backdrop"),
    ("lighting-conflict", "beauty portrait of a florist, butterfly lighting, side lighting, gray seamless"),
    ("lighting-conflict", "portrait of a judge, split lighting from a ring light"),
    ("lighting-conflict", "portrait of a judge in chambers, high-key, chiaroscuro"),
    ("lighting-conflict", "portrait of a judge, single-light setup, three-point lighting"),
    ("lighting-conflict", "portrait of a potter, shadowless lighting, deep black shadows"),
    # Light and scene
    ("light-scene-conflict", "a baker unloads flour at midnight, bright sunlight, cobbled yard"),
    ("light-scene-conflict", "a windowless room, a translator with headphones, low afternoon sunlight, golden hour"),
    ("light-scene-conflict", "A ferry leaves at sunrise, the setting sun behind the cranes."),
    ("light-scene-conflict", "a goatherd in moonlight, high noon, stone wall"),
    # Eyes
    ("catchlight-conflict", "close-up of a cellist, large window light, ring-shaped catchlights"),
    ("catchlight-conflict", "headshot of a cook, key light from the right, catchlights at upper left"),
    ("catchlight-conflict", "headshot of a cook, octabox overhead, square catchlights"),
    # Depth of field
    ("depth-of-field-conflict", "portrait of a tailor in his shop, 85mm at f/1.2, everything in sharp focus"),
    ("depth-of-field-conflict", "A bookbinder at her press, shot at f/22 with a razor-thin depth of field."),
    ("depth-of-field-conflict", "a lighthouse keeper, deep depth of field, creamy bokeh"),
    # The shutter
    ("depth-of-field-conflict", "a hurdler over the bar, 1/4000s, long streaks of motion blur in the stands"),
    ("depth-of-field-conflict", "A courier on a bike, shot at 1/1600 s, light trails of the cars around him."),
    ("depth-of-field-conflict", "a hurdler, freeze-frame action shot, heavy motion blur on her spikes"),
    ("depth-of-field-conflict", "a waterfall and an angler, long exposure, fast shutter speed"),
    # Optics
    ("implausible-optics", "a heron on a post, 400mm f/1.2, mist"),
    ("implausible-optics", "portrait of a clerk, f/0.3"),
    # One lens, one shot
    ("focal-length-conflict", "portrait of a miner, 24mm lens, lamp on the helmet, 105mm lens"),
    ("focal-length-conflict", "Camera: f/2\nSubject: a miner\nAperture: f/11"),
    ("focal-length-conflict", "a street musician, ultra-wide angle, 200mm, subway stairs"),
    # One camera
    ("angle-conflict", "portrait of a skater, worm's-eye view, shot from above, concrete bowl"),
    ("angle-conflict", "Extreme close-up of a farmhand, full-length shot, barn door behind him."),
    ("angle-conflict", "a dish of mussels, overhead shot, 45-degree angle"),
    # Film
    ("film-color-conflict", "portrait of a nurse on a bench, Kodak Tri-X 400, saturated colors"),
    ("film-color-conflict", "portrait of a nurse, Fujifilm Velvia 50, monochrome"),
    ("film-color-conflict", "portrait of a nurse, Kodak Ektar 100, rain, Fujifilm Superia 400"),
    ("unknown-film-stock", "portrait of a gravedigger, Ilford HP5 800, elms"),
    ("unknown-film-stock", "portrait of a gravedigger, Fuji Portra 400, elms"),
    ("unknown-film-stock", "portrait of a gravedigger, Kodak Ektar 1600, elms"),
    # Media
    ("style-conflict", "photo of a glacier guide, 50mm f/4, overcast, unreal engine 5"),
    ("style-conflict", "RAW photo of a mechanic in an oily overall, digital painting, workshop window"),
    ("style-conflict", "charcoal drawing of a mechanic, Canon EOS R5, 85mm"),
]

NO_CONTRADICTIONS = [
    # Another lamp, another moment, another picture
    "portrait of a roofer, overcast day, one hard bare flash from camera left, crisp shadows",
    "portrait of a roofer on an overcast day, no hard shadows",
    "portrait of a vet, {overcast light, soft shadows|low sun, hard shadows}",
    "portrait of a shepherd, golden hour, then a second picture with the overhead sun of noon",
    "a shepherd on a winter noon in the Arctic, low sun, long shadows",
    "Golden hour fading into blue hour over the harbor, a kayaker in a red jacket.",
    "a salt worker at noon or at golden hour",
    # Kelvin that belongs to something else, or to the camera
    "portrait of a glassblower, white balance set to 6500K at golden hour",
    "A nun copies a page by candlelight at 1900K, cool window light at 6500K behind her.",
    "headshot of an auditor, strobe with a full CTO gel, 3200K",
    "headshot of an auditor, diffused overcast light from above-left at 6500K",
    "a barber in 4K, tungsten bulbs at 2800K",
    # Two lights with two tasks
    "portrait of a boxer, soft key light, hard rim light from behind",
    "portrait of a boxer, Rembrandt lighting with a ring light as fill",
    "beauty portrait of a florist, clamshell lighting, rim light from the side",
    "portrait of a judge, low-key, deep shadows, chiaroscuro",
    "a potter against an evenly lit gray wall, Rembrandt lighting",
    # Day and night that belong together
    "a baker at midnight, light of the shop window on the cobbles",
    "a fisherman under the midnight sun, Lofoten",
    "a street from day to night, sunlight turning into neon",
    "a bunker, a guard at a desk, a bare bulb overhead",
    "a ferry, sunrise or sunset, calm sea",
    # Eyes
    "headshot of a cook, key light from the right, catchlights at 2 o'clock",
    "close-up of a cellist, ring light, ring-shaped catchlights",
    "headshot of a cook, window light and an octabox, octagonal catchlights",
    # Depth of field
    "portrait of a tailor: a close-up at f/1.4, then a second frame at f/16 with everything sharp",
    "a tailor at f/1.4, eyes in sharp focus, shallow depth of field",
    "a stag beetle, macro lens, f/16, shallow depth of field",
    "star trails over a dome, 14mm f/1.8, everything in focus",
    # The shutter
    "a hurdler over the bar, 1/4000s, frozen in mid-air",
    "a courier on a bike, panning shot, frozen motion of the rider, motion blur of the street",
    "a dancer, rear-curtain flash, frozen in motion, motion blur behind her",
    "a helicopter at 1/1000s, motion blur of the rotor blades",
    "a hurdler, her body frozen mid-air, a hint of motion blur at her fingertips",
    "a courier on a bike, 1/15s, motion blur",
    # Lenses
    "portrait of a miner, 70-200mm zoom at 135mm, f/2.8",
    "portrait of a miner, 35mm or 50mm lens",
    "portrait of a miner, shot on 35mm film with an 85mm lens",
    "a portrait of a clerk, 50mm f/0.95",
    "contact sheet of a miner, 24mm lens, 105mm lens",
    "portrait of a miner, 85mm f/1.4 lens stopped down to f/4",
    # Angles
    "portrait of a skater, low angle, overhead wires",
    "portrait of a skater, camera slightly below eye level, close to the ground-level rail",
    "storyboard of a skater: close-up, full body, overhead shot",
    # Film
    "portrait of a nurse in a vivid red coat, Kodak Tri-X 400",
    "portrait of a nurse in color, Kodak Portra 400, a black-and-white mural behind her",
    "portrait of a nurse, Portra 400 or Ektar 100",
    "portrait of a nurse, Tri-X 400 with selective color, saturated red lips",
    "portrait of a gravedigger, HP5 Plus pushed to 1600",
    "portrait of a gravedigger, Kodachrome 64, 1974",
    # Media
    "photo of a woman in front of a mural, 35mm lens, window light",
    "photo of a boy reading a comic book in his hand, window light",
    "anime illustration of a glacier guide, octane render",
    "photo of an illustrator drawing on a tablet, desk lamp",
]


def found(text: str) -> list[str]:
    return [one.rule for one in LINTER.lint(text).diagnostics]


@pytest.mark.parametrize(("rule", "text"), CONTRADICTIONS)
def test_contradiction(rule: str, text: str) -> None:
    assert rule in found(text)


@pytest.mark.parametrize("text", NO_CONTRADICTIONS)
def test_no_contradiction(text: str) -> None:
    assert found(text) == []
