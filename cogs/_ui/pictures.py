"""What pictures share: a dark ground, colours that everybody can tell apart, a font that has Japanese, and PNG.

Pillow is loaded with the first picture, and drawing takes tens of milliseconds: callers do it in a thread. Nothing is
shared between two pictures, so that any number can be drawn at once.
"""

import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# Five of Okabe and Ito's colours ("Color Universal Design", 2008), those that also differ most from each other to
# whoever lacks one kind of cone, on a ground that needs light ones.
HUES = ("#E69F00", "#56B4E9", "#CC79A7", "#F0E442", "#D55E00")
GROUND = "#1E1F24"
INK = "#F4F1EA"  # what is read first
QUIET = "#A9A8AE"  # what is read second
FAINT = "#3C3D45"  # lines that only guide the eye

WIDTH = 480  # points of every picture: on a phone about two thirds of a point of its own each
SCALE = 2  # pixels a point: sharp on a phone, and not scaled up in a browser
_FINER = 4  # shapes are drawn so many times larger and then reduced, which rounds corners smoothly

# Signs that the font has under another number only; Babel writes "2025年12月～2026年11月" with the first.
_ALIKE = str.maketrans({"～": "〜", "―": "—", "＄": "$"})
_FONT = Path(__file__).parent / "fonts" / "ZenMaruGothic-Medium.ttf"
_SMALLEST = 8  # points: the least that a text which needs more room than it has becomes

Side = Literal["l", "m", "r"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in points from the upper left corner of the picture."""

    left: float
    top: float
    right: float
    bottom: float


class Canvas:
    """A picture while it is drawn: all places and sizes are points, of which a pixel is half of one."""

    def __init__(self, height: int) -> None:
        """Begin an empty picture of :data:`WIDTH` by ``height`` points."""
        from PIL import Image, ImageDraw

        self._image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), GROUND)
        self._pen = ImageDraw.Draw(self._image)
        self._fonts: dict[float, FreeTypeFont] = {}

    def bar(self, box: Box, colour: str, radius: float = 0) -> None:
        """Fill ``box``, its edges at whole pixels, its corners rounded by at most ``radius``."""
        from PIL import Image, ImageDraw

        left, top, right, bottom = (_pixel(edge) for edge in (box.left, box.top, box.right, box.bottom))
        width, height = right - left, bottom - top
        mask = Image.new("L", (width * _FINER, height * _FINER))
        whole = (0, 0, mask.width - 1, mask.height - 1)
        round_by = min(radius * SCALE, width / 2, height / 2) * _FINER
        ImageDraw.Draw(mask).rounded_rectangle(whole, round_by, fill=255)
        self._image.paste(colour, (left, top), mask.reduce(_FINER))

    def text(
        self, at: tuple[float, float], text: str, size: float, colour: str = INK, *, side: Side = "l", room: float = 0
    ) -> float:
        """Write one line of ``text``, and return how wide it became.

        Args:
            at: where its left end, middle or right end comes, as ``side`` says, and its baseline.
            text: what.
            size: of the letters.
            colour: their colour.
            side: which part of it is at ``at``.
            room: how wide it may be; what is wider is written smaller. 0 for any width.
        """
        while room and size > _SMALLEST and self.width(text, size) > room:
            size -= 0.5
        place = (_pixel(at[0]), _pixel(at[1]))
        self._pen.text(place, text.translate(_ALIKE), colour, self._font(size), anchor=f"{side}s")
        return self.width(text, size)

    def width(self, text: str, size: float) -> float:
        """Return how wide ``text`` would become."""
        return self._font(size).getlength(text.translate(_ALIKE)) / SCALE

    def png(self) -> bytes:
        """Return the picture as it can be sent."""
        written = io.BytesIO()
        self._image.save(written, "PNG")
        return written.getvalue()

    def _font(self, size: float) -> "FreeTypeFont":
        if size not in self._fonts:
            self._fonts[size] = font(size * SCALE)
        return self._fonts[size]


def font(size: float) -> "FreeTypeFont":
    """Return the font of all pictures, ``size`` pixels high."""
    from PIL import ImageFont

    # The other engine is the better one for scripts that we have not, and depends on what the machine has.
    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)


def step_for(most: int, lines: int) -> int:
    """Return the distance of at most ``lines`` lines of a scale that reaches ``most``: 1, 2 or 5, zeros after it."""
    power = 1
    while 5 * power * lines < most:
        power *= 10
    return next(digit * power for digit in (1, 2, 5) if digit * power * lines >= most)


def _pixel(points: float) -> int:
    return math.floor(points * SCALE + 0.5)
