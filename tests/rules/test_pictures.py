"""Pictures can be read: in both languages, on a dark ground, by whoever lacks a kind of cone, and with any numbers."""

import io
import itertools
import math
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache

import babel.dates
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.features.reputation.model import MONTHS, CauseKind, Month
from bot.kernel.i18n import LOCALES, Locale, Texts
from cogs._ui.pictures import GROUND, HUES, INK, QUIET, SCALE, WIDTH, Canvas, step_for
from cogs.reputation.picture import COLOURS, Scale, described, year_of_ties

FREE, INTRO = CauseKind.FREE, CauseKind.INTRO
DRAWN = [f"reputation.picture_{name}" for name in ("title", "received", "given", "quiet")]
DRAWN += [f"reputation.cause_{kind}" for kind in CauseKind]
ALT_LIMIT = 1024  # characters, Discord's
LETTERS_CONTRAST, SHAPES_CONTRAST = 4.5, 3  # WCAG 2.2, 1.4.3 and 1.4.11
APART = 15  # a distance in CIELAB, where about 2 is just seen

Counts = Mapping[CauseKind, int]
Light = tuple[float, float, float]  # red, green and blue, linear


def year(received: Mapping[int, Counts], given: Mapping[int, Counts]) -> list[Month]:
    """Return the months from December 2025 on, with what was received and given in some of them."""
    firsts = [date(2025, 12, 1), *(date(2026, month, 1) for month in range(1, MONTHS))]
    return [Month(first, received.get(number, {}), given.get(number, {})) for number, first in enumerate(firsts)]


YEARS = {
    "none": year({}, {}),
    "one": year({8: {FREE: 1}}, {}),
    "one given": year({}, {8: {FREE: 1}}),
    "usual": year({1: {FREE: 1}, 4: {FREE: 2, INTRO: 1}, 11: {INTRO: 4}}, {0: {INTRO: 2}, 11: {FREE: 3, INTRO: 2}}),
    "500": year({3: {FREE: 500}, 4: {FREE: 250}, 0: {INTRO: 1}}, {2: {FREE: 1}}),
    "most": year({number: {FREE: 1999, INTRO: 1} for number in range(MONTHS)}, {5: {INTRO: 2000}}),
}
every_year = pytest.mark.parametrize("name", YEARS)
every_language = pytest.mark.parametrize("locale", LOCALES)


@cache
def picture(name: str, locale: Locale) -> bytes:
    return year_of_ties(Texts(), locale, YEARS[name])


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def areas(image: Image.Image) -> dict[str, int]:
    """Return how many pixels there are of each colour."""
    found = image.getcolors(image.width * image.height) or []
    return {"#{:02X}{:02X}{:02X}".format(*colour): count for count, colour in found if isinstance(colour, tuple)}


def light(colour: str) -> Light:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def mixed(by: tuple[Light, Light, Light], seen: Light) -> Light:
    first, second, third = (sum(a * b for a, b in zip(row, seen, strict=True)) for row in by)
    return first, second, third


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(mixed(TO_XYZ, light(each))[1] for each in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(seen: Light) -> Light:
    ratios = (part / white for part, white in zip(mixed(TO_XYZ, seen), (0.9505, 1, 1.089), strict=True))
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
# What is seen without one kind of cones: Machado, Oliveira and Fernandes 2009, severity 1.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no long": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no middle": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no short": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


@every_year
@every_language
def test_a_picture_is_light_and_fits_a_phone(name: str, locale: Locale) -> None:
    with Image.open(io.BytesIO(picture(name, locale))) as image:
        image.load()
        assert image.format == "PNG"
        assert image.width == WIDTH * SCALE
        assert image.width // 4 < image.height <= image.width
    assert len(picture(name, locale)) < 200_000


@every_year
@every_language
def test_nothing_is_cut_off_at_an_edge(name: str, locale: Locale) -> None:
    image = opened(picture(name, locale))
    ink = ImageChops.difference(image, Image.new("RGB", image.size, GROUND)).getbbox()
    assert ink is not None
    left, top, right, bottom = ink
    margin = 16 * SCALE
    assert min(left, top, image.width - right, image.height - bottom) >= margin


def test_what_differs_looks_different() -> None:
    assert len({picture(name, locale) for name in YEARS for locale in LOCALES}) == len(YEARS) * len(LOCALES)


@every_language
def test_the_same_year_is_the_same_picture_in_any_thread(locale: Locale) -> None:
    texts, months = Texts(), YEARS["usual"]
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: year_of_ties(texts, locale, months), range(8)))
    assert set(made) == {picture("usual", locale)}


@every_language
def test_every_sign_that_is_drawn_is_in_the_font(locale: Locale) -> None:
    texts = Texts()
    assert [key for key in DRAWN if not texts.has(locale, key)] == []
    words = {texts(locale, key) for key in DRAWN} | {"0123456789,"}
    for month in YEARS["none"]:
        words.add(babel.dates.format_date(month.first, "LLL", locale=locale))
        words.add(babel.dates.format_interval(date(2025, 1, 1), month.first, "yMMM", locale=locale))
    signs = {sign for text in words for sign in text if not sign.isspace()}
    without = {_alone("\uffff"), _alone(" ")}  # what is drawn for a sign that no font has, and nothing at all
    assert {sign for sign in signs if _alone(sign) in without} == set()


def _alone(sign: str) -> bytes:
    canvas = Canvas(30)
    canvas.text((10, 20), sign, 16)
    return canvas.png()


@every_year
@every_language
def test_bars_have_colours_of_the_palette(name: str, locale: Locale) -> None:
    large = {colour for colour, count in areas(opened(picture(name, locale))).items() if count > 500}
    coloured = {colour for colour in large if max(light(colour)) > 2 * min(light(colour))}  # no greys, as of letters
    kinds = {kind for month in YEARS[name] for counts in (month.received, month.given) for kind in counts}
    assert coloured == ({COLOURS[kind] for kind in kinds} or {HUES[0]})


def test_every_kind_has_a_colour_of_its_own() -> None:
    assert set(COLOURS) == set(CauseKind)
    assert len(set(COLOURS.values())) == len(CauseKind)
    assert len(set(HUES)) == 5


def test_all_stands_out_from_the_ground() -> None:
    assert all(contrast(hue, GROUND) >= SHAPES_CONTRAST for hue in HUES)
    assert all(contrast(letters, GROUND) >= LETTERS_CONTRAST for letters in (INK, QUIET))


@pytest.mark.parametrize("eye", EYES)
def test_colours_differ_without_a_kind_of_cones(eye: str) -> None:
    seen = [lab(mixed(EYES[eye], light(hue))) for hue in HUES]
    assert min(math.dist(one, other) for one, other in itertools.combinations(seen, 2)) >= APART


@every_language
def test_received_thanks_are_above_and_given_ones_below(locale: Locale) -> None:
    for name, is_above in (("one", True), ("one given", False)):
        image = opened(picture(name, locale))
        right, middle = image.width // 2, image.height // 2  # what the colours mean is told on the left
        above, below = (
            areas(image.crop((right, *edges))).get(COLOURS[FREE], 0)
            for edges in ((0, image.width, middle), (middle, image.width, image.height))
        )
        assert above + below > 500
        assert (above > below) == is_above


def test_a_bar_of_twice_as_many_is_twice_as_tall() -> None:
    image = opened(picture("500", "en"))
    upper = image.height * 3 // 5
    columns = (image.crop((x, 0, x + 1, upper)) for x in range(image.width))
    heights = sorted({areas(column).get(COLOURS[FREE], 0) for column in columns}, reverse=True)
    tallest, other = heights[0], next(height for height in heights if height < heights[0] * 0.75)
    assert tallest / other == pytest.approx(2, rel=0.05)


@every_year
@every_language
def test_the_same_is_said_in_words(name: str, locale: Locale) -> None:
    words = described(Texts(), locale, YEARS[name])
    assert "reputation." not in words
    assert len(words) <= ALT_LIMIT
    if name == "usual":
        assert {"8", "7", "6", "9"} <= set(_numbers(words))


def _numbers(words: str) -> list[str]:
    return "".join(sign if sign.isdecimal() else " " for sign in words).split()


def test_what_is_too_wide_becomes_smaller() -> None:
    canvas = Canvas(30)
    assert canvas.text((0, 20), "ご縁", 16, room=100) == canvas.width("ご縁", 16)
    assert canvas.text((0, 20), "ご縁" * 5, 16, room=100) <= 100 < canvas.width("ご縁" * 5, 16)


@given(st.integers(0, 10**7), st.integers(1, 9))
def test_lines_are_at_round_numbers(most: int, lines: int) -> None:
    step = step_for(most, lines)
    assert str(step).rstrip("0") in {"1", "2", "5"}
    assert step * lines >= most
    smaller = step * 2 // 5 if str(step).startswith("5") else step // 2
    assert smaller * lines < most or step == 1


@given(st.integers(0, 10**5), st.integers(0, 10**5))
def test_a_scale_holds_both_halves(received: int, given: int) -> None:
    scale = Scale.reaching(received, given)
    assert received <= scale.up
    assert given <= scale.down
    assert scale.up % scale.step == scale.down % scale.step == 0
    assert 3 * min(scale.up, scale.down) >= max(scale.up, scale.down)
    assert max(scale.up, scale.down) <= 4 * scale.step
