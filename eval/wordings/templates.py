"""The wordings: lines of `ask<TAB>wording`, a third of them held out by a hash of the wording."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from ingest.errors import BadDataset

FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")
_HELD_OUT_OF = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """How something is asked; places in braces are filled with names. `ask` says what is asked (`asks.ASKS`)."""

    ask: str
    language: str
    text: str

    @property
    def held_out(self) -> bool:
        """Whether it is for reporting only; follows from the text alone, so that nobody chooses."""
        return crc32(self.text.encode()) % _HELD_OUT_OF == 0


def read_wordings(folder: Path = FOLDER) -> tuple[Wording, ...]:
    """The wordings of all languages. Raises `BadDataset` naming file and line."""
    found = []
    for language in LANGUAGES:
        path = folder / f"wordings_{language}.tsv"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("#") or not line.strip():
                continue
            ask, tab, text = line.partition("\t")
            if not tab or not text.strip():
                raise BadDataset(f"{path}:{number}: expected an ask, a tab and a wording")
            found.append(Wording(ask, language, text))
    return tuple(found)
