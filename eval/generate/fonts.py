"""The faces that documents are set in, and how wide their text is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eval.generate.spec import Language

CHINESE_FILE = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
_EMBEDDED = "WenQuanYiZenHei"
_FALLBACK = "STSong-Light"
_LATIN = "Helvetica"


@dataclass(frozen=True, slots=True)
class Face:
    """A registered font; `ascent` is the part of the size above the baseline."""

    name: str
    ascent: float

    def width(self, text: str, size: float) -> float:
        """The width of a text in points."""
        from reportlab.pdfbase.pdfmetrics import stringWidth

        return float(stringWidth(text, self.name, size))


def has_chinese_file() -> bool:
    """Whether the TrueType font that committed samples embed is on this machine."""
    return CHINESE_FILE.is_file()


def face_for(language: Language, embed: bool = True) -> Face:
    """The face of a language: embedded TrueType where the file is there and `embed`, else a font readers have."""
    if language is Language.ENGLISH:
        return Face(_LATIN, 0.75)
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    registered = pdfmetrics.getRegisteredFontNames()
    if embed and has_chinese_file():
        if _EMBEDDED not in registered:
            pdfmetrics.registerFont(TTFont(_EMBEDDED, str(CHINESE_FILE), subfontIndex=0))
        return Face(_EMBEDDED, 0.88)
    if _FALLBACK not in registered:
        pdfmetrics.registerFont(UnicodeCIDFont(_FALLBACK))
    return Face(_FALLBACK, 0.88)
