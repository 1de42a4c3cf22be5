"""The error tree.

BudgetQAError                 anything a caller may want to catch
├── InputError                what the user gave is unusable (exit status 2, one line)
│   ├── UnreadableDocument    broken, encrypted, empty, oversized, image-only or non-PDF file
│   ├── NoSuchDocument        a document or table name the corpus does not hold
│   ├── BadQuestion           empty or oversized question
│   ├── BadDataset            malformed batch, question or gold file
│   └── StoreError            the data directory cannot be opened, read or written
├── EmptyCorpus               nothing has been ingested yet
└── FigureError               arithmetic that would be wrong
    ├── NotAFigure            text that does not parse as a number
    └── UnitMismatch          two units that must not be mixed
"""


class BudgetQAError(Exception):
    """Base of every error raised on purpose; str() is one line fit for a person."""


class InputError(BudgetQAError):
    """What the user gave cannot be used; the message names the file, page, row or option."""


class UnreadableDocument(InputError):
    """A file that cannot be read as a budget document."""


class NoSuchDocument(InputError):
    """A document or table that the corpus does not hold; the message lists what it does hold."""


class BadQuestion(InputError):
    """A question that is empty or too long."""


class BadDataset(InputError):
    """A batch, question or gold file with a malformed line."""


class StoreError(InputError):
    """The data directory cannot be opened, read or written."""


class EmptyCorpus(BudgetQAError):
    """Nothing has been ingested into the store yet."""


class FigureError(BudgetQAError):
    """Arithmetic or parsing that would give a wrong figure."""


class NotAFigure(FigureError):
    """A text that does not parse as a number."""


class UnitMismatch(FigureError):
    """Two units that must not be added, compared or converted into one another."""
