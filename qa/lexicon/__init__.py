"""Names of things as data: classifications, budget terms, synonyms, places, agencies and function words.

Every table is a tab-separated file in this folder; a line that begins with # is a comment. Adding a language or a
name is a change of data. `load()` reads them once.
"""

from qa.lexicon.load import AgencyName, Alias, Lexicon, StandardName, load, read_rows

__all__ = ["AgencyName", "Alias", "Lexicon", "StandardName", "load", "read_rows"]
