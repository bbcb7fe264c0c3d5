"""What the pictures of all simulations are drawn on."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from cogs._ui.pictures import GROUND, INK, font

SCALE = 2  # drawn larger and made smaller, for smooth edges
COLOURS = 64  # of the file

Point = tuple[float, float]


class Canvas:
    """An image that is drawn in the measures that it has in the end."""

    def __init__(self, width: int, height: int) -> None:
        self._size = width, height
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), GROUND)
        self._draw = ImageDraw.Draw(self._image)

    def write(self, at: Point, text: str, size: int, colour: str = INK, anchor: str = "la") -> None:
        self._draw.text(_scaled(at), text, fill=colour, font=font(size * SCALE), anchor=anchor)

    def width(self, text: str, size: int) -> float:
        return self._draw.textlength(text, font=font(size * SCALE)) / SCALE

    def box(self, corner: Point, opposite: Point, colour: str) -> None:
        self._draw.rectangle((_scaled(corner), _scaled(opposite)), fill=colour)

    def line(self, corners: Sequence[Point], colour: str, width: int = 1) -> None:
        self._draw.line([_scaled(corner) for corner in corners], fill=colour, width=width * SCALE, joint="curve")

    def area(self, corners: Sequence[Point], colour: str) -> None:
        self._draw.polygon([_scaled(corner) for corner in corners], fill=colour)

    def save(self, path: Path) -> None:
        small = self._image.resize(self._size, Image.Resampling.LANCZOS)
        small.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def _scaled(at: Point) -> Point:
    return at[0] * SCALE, at[1] * SCALE
