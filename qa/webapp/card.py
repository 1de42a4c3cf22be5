"""An answer as a picture to pass on: question, figure, whose it is, and where it is printed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, MARGIN = 1200, 64
_INK, _GREY, _BLUE, _PAPER = (26, 26, 26), (96, 96, 96), (0, 114, 178), (255, 255, 255)
# Fonts with Chinese characters as Debian, Fedora, macOS and Windows name them.
_FONTS = (
    "wqy-zenhei.ttc", "wqy-microhei.ttc", "NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "PingFang.ttc",
    "Hiragino Sans GB.ttc", "STHeiti Light.ttc", "msyh.ttc", "simhei.ttf", "DroidSansFallbackFull.ttf",
)  # fmt: skip
_MOST_LINES = 6
_NEVER_FIRST = frozenset("。，、；：！？”’）》】〉％…")


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says, from top to bottom."""

    question: str
    figure: str
    whose: str
    sentence: str
    sources: tuple[str, ...]
    foot: str


@cache
def _font_name() -> str | None:
    """The first font with Chinese characters that this machine has."""
    from PIL import ImageFont

    for name in _FONTS:
        try:
            ImageFont.truetype(name, 12)
        except OSError:
            continue
        return name
    return None


def can_draw() -> bool:
    """Whether a font is here to draw cards with."""
    return _font_name() is not None


def draw(card: Card) -> bytes:
    """The card as PNG, as tall as its words need. Needs `can_draw`."""
    from PIL import Image, ImageDraw

    blocks = [
        (card.question, 34, _GREY), (card.figure, 92, _BLUE), (card.whose, 36, _INK), (card.sentence, 36, _INK),
        *((source, 26, _GREY) for source in card.sources), (card.foot, 22, _GREY),
    ]  # fmt: skip
    lines = [line for text, size, colour in blocks if text for line in _lines(text, size, colour)]
    image = Image.new("RGB", (WIDTH, sum(line.height for line in lines) + 2 * MARGIN), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 15, image.height), fill=_BLUE)
    top = MARGIN
    for line in lines:
        pen.text((MARGIN, top), line.text, font=line.font, fill=line.colour)
        top += line.height
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    font: FreeTypeFont
    colour: tuple[int, int, int]
    height: int


def _lines(text: str, size: int, colour: tuple[int, int, int]) -> Iterator[_Line]:
    """The text in lines that fit; one too long for its block ends in an ellipsis. The last line has room below."""
    from PIL import ImageFont

    font = ImageFont.truetype(_font_name() or _FONTS[0], size)
    wrapped = list(_wrapped(" ".join(text.split()), font))
    if len(wrapped) > _MOST_LINES:
        wrapped = [*wrapped[: _MOST_LINES - 1], f"{wrapped[_MOST_LINES - 1][:-1]}…"]
    for number, line in enumerate(wrapped, 1):
        yield _Line(line, font, colour, round(size * 1.35) + (size // 2 if number == len(wrapped) else 0))


def _wrapped(text: str, font: FreeTypeFont) -> Iterator[str]:
    room = WIDTH - 2 * MARGIN
    line = ""
    for word in _breakable(text):
        if line and font.getlength(line + word) > room:
            yield line.rstrip()
            line = word.lstrip()
        else:
            line += word
        while font.getlength(line) > room:
            fits = next(n for n in range(len(line) - 1, 0, -1) if font.getlength(line[:n]) <= room)
            yield line[:fits]
            line = line[fits:]
    if line:
        yield line


def _breakable(text: str) -> Sequence[str]:
    """Pieces that must not be parted: words of Latin letters and figures, Chinese characters with what closes them."""
    pieces: list[str] = []
    for char in text:
        if pieces and (char in _NEVER_FIRST or _one_word(pieces[-1], char)):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _one_word(piece: str, char: str) -> bool:
    return char.isascii() and not char.isspace() and piece[-1].isascii() and not piece.isspace()
