"""Facts of a specification that questions can be asked about without doubt: names that stand for one amount alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import TypeVar

from eval.generate.data_files import rows_of
from eval.generate.layout import FigureStyle
from eval.generate.spec import EconomicLine, FunctionLine, Project, Spec

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A document as questions name it: its specification, its money style, and how it is called in both languages."""

    spec: Spec
    style: FigureStyle
    zh: str
    en: str

    def gold(self, yuan: Decimal) -> str:
        """An amount as the document prints it, without separators."""
        return f"{self.style.value(yuan):f}"

    @property
    def unit(self) -> str:
        return self.style.unit.symbol


def english_name(name: str) -> str | None:
    """The usual English name of a standard item; None where there is none in our list."""
    return next((row[1] for row in rows_of("english_names") if row[0] == name), None)


def plain_functions(spec: Spec, size: int) -> list[FunctionLine]:
    """Function lines of a level whose name no other line, economic item or project bears or contains."""
    return [line for line in spec.all_functions() if len(line.code) == size and _is_plain(line.name, spec)]


def plain_economics(spec: Spec) -> list[EconomicLine]:
    """Economic items (5 digits) whose name stands for one amount alone."""
    return [line for line in spec.economics if len(line.code) == 5 and _is_plain(line.name, spec)]


def plain_projects(spec: Spec) -> list[Project]:
    """Projects whose name stands once in the document and is no part of another."""
    return [project for project in spec.projects if _is_plain(project.name, spec)]


def some(rng: Random, options: Sequence[T], count: int) -> list[T]:
    """Up to `count` of the options, drawn without repeating one."""
    return rng.sample(list(options), min(count, len(options)))


def _is_plain(name: str, spec: Spec) -> bool:
    names = Counter([line.name for line in spec.all_functions()])
    names.update(line.name for line in spec.economics)
    names.update(project.name for project in spec.projects)
    return names[name] == 1 and not any(name in other for other in names if other != name)
