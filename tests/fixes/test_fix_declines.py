"""Where nothing sure can be said, a fix leaves the prompt as it is; and what it takes out leaves whole sentences."""

from __future__ import annotations

import pytest

import promptlint
from promptlint.brief import reader
from promptlint.rules import builtin


def fixed(text: str) -> str:
    return promptlint.fix_text(text, unsafe=True).text


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("photo of a lighthouse on a beach, 海岸线 灯塔 黄昏 海浪 岩石 天空 云彩 广角 长曝光 风景", ["film", "lens"]),
        ("a dragon over a mountain lake, whimsical, mist", ["film", "lens"]),
        ("photo of a marble statue of a woman in a park, overcast sky", ["pores"]),
        ("close-up photo of a robot face with a woman's hair, workshop", ["pores"]),
        ("photo of a diver in the deep sea beside a wreck", ["light"]),
        ("photo of a cellist in a windowless room with red walls, no windows", ["window light"]),
        ("polaroid of a cook in his kitchen", ["lens at", "Kodak"]),
        ("grain-free digital photo of a cook in his kitchen", ["Kodak"]),
        ("1920s street photo of a cook", ["Kodak"]),
        ("a cover image for a blog post on typography, photo of a laptop on a desk", ["film", "lens"]),
        ("portrait of a girl, strong sunlight, white clouds", ["bright room"]),
        ("photo of a street. Layout with a headline and a tagline", ["film", "lens"]),
        ("photo of a woman in a park at noon, 50mm f/2, realism of an iPhone photo", ["Kodak"]),
        ("photo of a woman at noon, her skin with a subtle grainy texture", ["pores"]),
        ("selfie of a cat in a garden", ["pores", "vellus"]),
        ("polaroid portrait of a girl in a garden", ["pores"]),
        ("Subject: a villa\nTime: [golden hour/twilight/midday]\nStyle: real estate photography", ["800T"]),
        ("The video shows a road. It is a sunny day. Then the camera switches to a road in snow.", ["overcast"]),
        ("photo of a drink on a beach, clear blue sky, radiant lighting", ["golden-hour"]),
        (
            "After changing the part, attach the photo that shall be used, and the effect is applied to it as soon "
            "as you press the large button on the right.",
            ["film", "lens"],
        ),
        ("photo of a mug on a desk, natural lighting from [direction]", ["window"]),
        ("black and white photo of autumn leaves in a field, cinematic lighting", ["golden-hour"]),
        ("a bus driver waves at children who cross the road", ["studio"]),
        ("photorealistic ultra-wide view of a pyramid in a desert, tourists, low sun", ["pores"]),
        ("Use an extremely low angle.", ["Kodak", "lens"]),
        ("Place [product from image 1] on [model from image 2]. Keep the pose of the model.", ["Kodak"]),
        ("photo of a stained glass window in a castle", ["light falls", "light from", "daylight"]),
        ("photo of an archer on a road in the rain at night, flames on her arrow", ["lamp"]),
        ("portrait of a man at a swimming pool, bright sunshine, 50mm f/2, soft lighting", ["golden"]),
        ("The sound of a hammer on a wooden table", ["film", "lens"]),
        ("portrait of a singer, subtle [COLOR] studio lighting, 50mm f/2", ["octabox"]),
        ("photo of a leaf in the shape of a lion", ["300mm"]),
        ("black and white photo of a girl, only her scarf is red, selective color", ["Ilford", "Tri-X"]),
        ("candid snapshot of a woman in a street, captured with a smartphone camera", ["Kodak"]),
        ("a snapshot of a man in a street at night, uneven lighting from sunlight or indoor lights", ["lamp"]),
        ("mirror selfie of a woman in a bathroom, natural light", ["Kodak"]),
        ("photo of a girl on a compact digital camera screen, direct flash", ["lens at", "Kodak"]),
        ("photo of a family from 2003, shot with a digital camera, in a courtyard", ["Kodak"]),
        ("night view of a modern city with a river", ["lamp", "neon"]),
        ("photo of a teacher in a classroom in the early 20th century, window light", ["Kodak"]),
        ("close-up photo of a gold pendant held by a female hand", ["pores"]),
        ("portrait of a lone hiker before a vast valley", ["pores"]),
        ("product photo of a jar of cream, it rests on white silk", ["seamless backdrop"]),
        ('photo of a book "1984" on a desk', ["Kodachrome"]),
        ("Show me this photo as a photographer would take it", ["Kodak", "lens"]),
        ("Write cute notes on the photo of a dog on a sofa!", ["Kodak", "lens"]),
        ("black and white tiles in a bathroom, photo, 35mm f/8, window light", ["Portra", "Ektar"]),
        ("photo of a carved wooden bowl on a bench, visible grain, 50mm f/4, window light", ["Kodak"]),
        ("a thumbnail for a tutorial with a woman pointing at a chart", ["pores", "film", "lens"]),
        ("photo of a baker in her shop, window light, dramatic lighting, neon sign, vibrant colors", ["muted"]),
        ("Constraints: No people, no text\nScene: a gift box on a table in a shop\nLighting: warm lamp", ["deserted"]),
    ],
)
def test_what_would_not_fit_is_not_put_in(text: str, absent: list[str]) -> None:
    made = fixed(text)
    added = made.replace(text, "")
    assert [words for words in absent if words in added.replace(text, "")] == [], made
    assert fixed(made) == made


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("portrait of a singer in a nightclub", "warm lamp light from camera left at 2700K"),
        ("portrait of an actor on stage in a theater", "a single warm spotlight from above left"),
        ("photo of a woman in an elevator", "fluorescent light from the ceiling"),
        ("photo of a hiker in a forest at night", "cool moonlight"),
        ("portrait of a man in a cafe, warm lighting", "warm lamp light"),
        ("street photo of a cyclist on a boulevard, dramatic lighting", "low hard sunlight"),
        ("photo of a florist in her shop, mirrorless camera", "film look"),
        ("photo of a child on a swing in a garden", "fine peach fuzz"),
        ("portrait of a woman in an evening gown, 85mm f/2", "hotel lobby"),
        ("macro photo of a beetle on a leaf", "100mm macro lens"),
        ("photograph from 1969 of a soldier in a jungle, film grain", "Kodachrome film"),
        ("black and white photo of a 1950s diner, film grain", "Kodak Tri-X 400 film"),
        ("photo of a girl on a bike, 1990s", "Kodak Gold 200 film"),
        ("photo of a man on a bench, ISO 800, warm sun from the left", "Kodak Portra 800 film"),
        ("fashion portrait of a woman under a bright blue sky, strong natural sunlight", "hard sunlight from above"),
        ("cookbook photo of a cake in front of a house, soft studio lighting", "large octabox"),
        ("photo of a woman looking at her phone on the subway", "fluorescent light from the ceiling"),
        ("photo of a man on an indoor basketball court, bright gym lighting", "fluorescent light from the ceiling"),
        ("photo of a harbor with boats by the sea, bright sunlight", "hard sunlight from above"),
        ("photo of an empty street at night in the rain", "35mm lens at f/2"),
        ("portrait of a lone hiker before a vast valley", "28mm lens"),
        ("photo of a doll in a coat on a bed. Studio-lit with warm, diffused lighting", "large octabox"),
        ("portrait of a woman live-streaming a game", "two monitors"),
        ("photo of a team, a massive group of nurses, all standing together in a hospital", "28mm lens at f/8"),
        ("photo of the ocean under a twilight sky", "Kodak Portra 800 film"),
        ("photo of a fig on a plate, a softly blurred garden background", "50mm lens at f/1.8"),
        ("portrait of a bus driver, 50mm f/2", "brick houses"),
        (
            "portrait of a woman stirring tea at an outdoor restaurant in London, 50mm f/2",
            "soft daylight from above left",
        ),
        ("photo of a taxi at an intersection in Shinjuku, Tokyo", "soft daylight from above left"),
        ("photo of a woman in a suit at a keynote", "even white stage light"),
        ("photo of a bus on a road, streetlights glow, snow falls", "35mm lens at f/2"),
        ("a woman takes a post-workout selfie after her pilates class", "fitness studio"),
        ("photo of a wolf howling at the moon in the wild", "cool moonlight"),
        ("portrait of a bride in a courtyard with flowers, 50mm f/2", "soft daylight"),
        ("wide shot of a mountain range in snow, overcast", "28mm lens at f/8"),
        ("group photo of four friends on a street at night", "35mm lens at f/2.8"),
        ("IMAX 70mm film portrait of a girl in a window at night, film grain", "Kodak Vision3 500T"),
        ("portrait of a girl with freckles, golden-hour sunlight, chiaroscuro contrast", "quiet side street"),
        ("photo of a snow sculpture of a girl in a park", "50mm lens at f/5.6"),
        ("portrait of a woman with orange bokeh behind her, a park", "85mm lens at f/1.8"),
        ("photo of a red fox in a field at dawn", "300mm lens at f/4"),
        ("wide-angle portrait of a woman in denim on a roof", "24mm lens at f/5.6"),
        ("photo of a bottle on a bench in a park, blurred background", "50mm lens at f/1.8"),
        ("product photo of a diamond ring on black glass, one spotlight from the left", "100mm macro lens at f/11"),
    ],
)
def test_what_is_chosen_fits_the_scene(text: str, there: str) -> None:
    assert there in fixed(text)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("The bust exhibits extreme detail, photo, a barn", "The bust exhibits extreme detail, photo, a barn"),
        ("Photo of a barn. Create a hyper-realistic, moody image.", "Photo of a barn. Create a moody image."),
        ("Photo of a barn. It is an ultra-realistic, 8k photograph.", "Photo of a barn. It is a photograph."),
        ("Photo of a barn. Highly detailed 8k, award winning. Fog.", "Photo of a barn. Fog."),
        ('{"subject": "a barn", "size": "8k, UHD"}', '{"subject": "a barn"}'),
        ('{"scene": "a barn", "tags": ["masterpiece", "best quality", "fog"]}', '{"scene": "a barn", "tags": ["fog"]}'),
        ("photo of a barn, octane render style, fog", "photo of a barn, octane render style, fog"),
        ("It lends a calm, lifelike quality to a photo.", "It lends a calm quality to a photo."),
        ("Light: sharp edges and realistic grounding shadow.", "Light: sharp edges and grounding shadow."),
        ("A surreal yet hyper-realistic photo of a barn.", "A surreal photo of a barn."),
        ("Photo of a barn. Its door is small but realistic.", "Photo of a barn. Its door is small."),
        (
            "Photo of a barn. It is trending on artstation, featured on behance, crisp, well lit.",
            "Photo of a barn. It is crisp, well lit.",
        ),
        ("photo of a toad, a vibrant palette of deep purples", "photo of a toad, a vibrant palette of deep purples"),
        ("product photo of a jar, no extra\ntext, 50mm f/4", "product photo of a jar, no extra\ntext, 50mm f/4"),
        ("Photo of a barn. It is old., 8k, highly detailed. Fog.", "Photo of a barn. It is old. Fog."),
        ("Photo of a barn at noon, bright accents (no symbols).", "Photo of a barn at noon, bright accents."),
        (
            "Photo of a barn. It should be of high-definition quality and show rust.",
            "Photo of a barn. It should be of high-definition quality and show rust.",
        ),
        ("Photo of a boat at noon, no bottom to hit", "Photo of a boat at noon, no bottom to hit"),
        (
            "portrait of a woman with fair, smooth skin, window light, at home, 85mm f/2",
            "portrait of a woman with fair, natural skin texture with visible pores, window light, at home, 85mm f/2",
        ),
        ("A realistic, high-quality photo of a barn, 8k resolution, fog", "A photo of a barn, fog"),
        ("Hyper-realistic + aerial photo of a barn", "Aerial photo of a barn"),
        ("masterpiece, best quality", "masterpiece, best quality"),
    ],
)  # fmt: skip
def test_what_is_taken_out_leaves_no_stump(text: str, made: str) -> None:
    assert promptlint.fix_text(text).text == made


def test_a_style_goes_with_the_words_that_announce_it() -> None:
    made = fixed("A photo of a barn at dawn, 35mm f/8. The boards show long cracks and the style of unreal engine.")
    assert "The boards show long cracks" in made
    assert "style" not in made


def test_what_is_asked_for_is_not_excluded() -> None:
    made = promptlint.fix_text("photo of a girl beside a cartoon poster, no watermark, window light")
    assert "cartoon" not in (made.negative or "")
    assert (made.negative or "").count("watermark") == 1


def test_nothing_is_changed_below_a_negative_label() -> None:
    text = "photo of a cook in a kitchen, 85mm f/2\n\nNegative prompt:\n\nplastic skin, flawless skin, blur"
    assert fixed(text).endswith("plastic skin, flawless skin, blur")


def test_every_scene_is_asked_for_and_every_scene_asked_for_is_there() -> None:
    scenes = reader().lexicon.tables.scenes
    inside = {
        name for scene in scenes.values() for part in scene.values() for name in part if name.startswith("scene:")
    }
    asked = {
        name
        for rule in builtin()
        for fix in rule.file.fixes
        for name in (*fix.when, *fix.also, *fix.unless)
        if name.startswith("scene:")
    }
    by_the_code = {"scene:no-picture", "scene:design", "scene:edited", "scene:drawn", "scene:several"}
    assert {f"scene:{name}" for name in scenes} == asked | inside | by_the_code
