"""Charts as Altair makes them, every part selectable. Floats only place marks; words show the exact figures.

Colours are Okabe and Ito's, which colour-blind people tell apart; no chart tells anything by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qa.webapp.treechart import WIDTH, DrawnTile

if TYPE_CHECKING:
    import altair

    AnyChart = altair.Chart | altair.LayerChart | altair.FacetChart

PART = "part"  # the name of every chart's selection; its points hold "key"
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#999999")
_INKS = dict.fromkeys(_COLOURS, "#111111") | {"#0072B2": "#ffffff"}  # of words on a colour, at 4.5 : 1 or more
_HEIGHT, _BAR, _ROW = 420, 64, 26
_CHARACTER = 0.018  # of the drawing's height: about how wide a character of a label is
_LINE = 0.05
_LATIN = 1.3  # characters of Latin letters and figures that take the room of one of those


@dataclass(frozen=True, slots=True)
class Mark:
    """One part of a chart: what a click on it gives, its name, its figure in words, its value in the chart's unit."""

    key: str
    name: str
    words: str
    value: Decimal
    group: str = ""


def treemap(tiles: Sequence[DrawnTile], words: Sequence[str]) -> AnyChart:
    """Tiles with their names and `words` (figure and share); those too small for words tell them on hovering."""
    import altair as alt

    data = [_tile(tile, said, number) for number, (tile, said) in enumerate(zip(tiles, words, strict=True))]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("x0:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False)),
        y=alt.Y("y0:Q", axis=None, scale=alt.Scale(domain=[1, 0], nice=False)),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("words:N", title=" ")],
    )
    rectangles = (
        base.mark_rect(stroke="white", strokeWidth=2, cursor="pointer")
        .encode(x2="x1:Q", y2="y1:Q", color=alt.Color("colour:N", scale=None))
        .add_params(alt.selection_point(name=PART, fields=["key"]))
    )
    names = _words(base, "label:N", 8, 8, bold=True)
    figures = _words(base, "below:N", 8, 26, bold=False)
    return alt.layer(rectangles, names, figures).properties(height=_HEIGHT)


def _tile(tile: DrawnTile, words: str, number: int) -> dict[str, Any]:
    width, height = tile.x1 - tile.x0, tile.y1 - tile.y0
    fits = int(width / _CHARACTER) - 1
    shows = fits >= 3 and height >= _LINE
    narrow = int(fits * _LATIN)
    colour = _COLOURS[number % len(_COLOURS)]
    return {
        "key": str(tile.node.row), "name": tile.node.name, "words": words, "x0": tile.x0, "x1": tile.x1,
        "y0": tile.y0, "y1": tile.y1, "colour": colour, "ink": _INKS[colour],
        "label": shortened(tile.node.name, narrow if tile.node.name.isascii() else fits // 2) if shows else "",
        "below": words if shows and height >= 2 * _LINE and narrow >= len(words) else "",
    }  # fmt: skip


def shortened(text: str, most: int) -> str:
    """The text, or its first characters and an ellipsis."""
    return text if len(text) <= most else f"{text[: max(most - 1, 1)]}…"


def _words(base: altair.Chart, field: str, dx: int, dy: int, bold: bool) -> altair.Chart:
    import altair as alt

    marked = base.mark_text(
        align="left", baseline="top", dx=dx, dy=dy, fontSize=13, fontWeight=700 if bold else 400, tooltip=False
    )
    worded: altair.Chart = marked.encode(text=field, color=alt.Color("ink:N", scale=None))
    return worded


def stacked(groups: Sequence[str], marks: Sequence[Mark], unit: str | None = None) -> AnyChart:
    """One bar a group, its marks end to end, all bars to one scale, which is in `unit`."""
    import altair as alt

    data: list[dict[str, Any]] = []
    whole = max((sum((m.value for m in marks if m.group == g), Decimal(0)) for g in groups), default=Decimal(0))
    for group in groups:
        start = Decimal(0)
        for number, mark in enumerate(m for m in marks if m.group == group):
            end = start + mark.value
            colour = _COLOURS[number % len(_COLOURS)]
            room = int(float((end - start) / whole) * 60) if whole else 0
            data.append({
                "key": mark.key, "name": mark.name, "words": mark.words, "group": group, "x0": float(start),
                "x1": float(end), "colour": colour, "ink": _INKS[colour],
                "label": shortened(mark.name, room) if room > 2 else "",
            })  # fmt: skip
            start = end
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("x0:Q", axis=alt.Axis(title=unit, tickCount=4)),
        y=alt.Y("group:N", sort=list(groups), axis=alt.Axis(title=None, labelFontSize=14)),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("words:N", title=" ")],
    )
    bars = (
        base.mark_bar(stroke="white", strokeWidth=2, cursor="pointer")
        .encode(x2="x1:Q", color=alt.Color("colour:N", scale=None))
        .add_params(alt.selection_point(name=PART, fields=["key"]))
    )
    labels = base.mark_text(align="left", dx=6, fontSize=13, tooltip=False).encode(
        text="label:N", color=alt.Color("ink:N", scale=None)
    )
    return alt.layer(bars, labels).properties(height=len(groups) * _BAR + 40)


def lines(marks: Sequence[tuple[str, Mark]], unit: str, year: str) -> AnyChart:
    """One line a group over the years given with each mark; told apart by colour, by shape and by name."""
    import altair as alt

    data = [
        {"key": m.key, "name": m.name, "words": m.words, "group": m.group, "year": when, "value": float(m.value)}
        for when, m in marks
    ]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("year:O", title=year, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=unit, scale=alt.Scale(zero=True)),
        color=alt.Color("group:N", title=None, scale=alt.Scale(range=list(_COLOURS)), legend=_legend()),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("words:N", title=" ")],
    )
    points = (
        base.mark_point(size=140, filled=True, cursor="pointer")
        .encode(shape=alt.Shape("group:N", title=None, legend=_legend()))
        .add_params(alt.selection_point(name=PART, fields=["key"]))
    )
    return alt.layer(base.mark_line(), points).properties(height=_HEIGHT)


def side_by_side(groups: Sequence[str], marks: Sequence[Mark], unit: str) -> AnyChart:
    """Bars for every name, one a group."""
    import altair as alt

    data = [{"key": m.key, "name": m.name, "words": m.words, "group": m.group, "value": float(m.value)} for m in marks]
    names = list(dict.fromkeys(m.name for m in marks))
    bars: AnyChart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar(cursor="pointer")
        .encode(
            x=alt.X("value:Q", title=unit),
            y=alt.Y("name:N", sort=names, axis=alt.Axis(title=None, labelLimit=240, labelFontSize=13)),
            yOffset=alt.YOffset("group:N", sort=list(groups)),
            color=alt.Color(
                "group:N", sort=list(groups), title=None, scale=alt.Scale(range=list(_COLOURS)), legend=_legend()
            ),
            tooltip=[alt.Tooltip(f"{f}:N", title=" ") for f in ("name", "group", "words")],
        )
        .add_params(alt.selection_point(name=PART, fields=["key"]))
        .properties(height=len(names) * len(groups) * _ROW + 60)
    )
    return bars


def _legend() -> altair.Legend:
    import altair as alt

    return alt.Legend(orient="top", labelLimit=320, columns=1)  # one below the other: narrow screens cut off a second


def inked(chart: AnyChart, dark: bool) -> AnyChart:
    """The chart with its words in a colour that is read well on a light or a dark page."""
    ink = "#d6d6d6" if dark else "#404040"
    axes = chart.configure_axis(labelColor=ink, titleColor=ink)
    whole: AnyChart = axes.configure_legend(labelColor=ink, titleColor=ink)
    return whole


def clicked(selection: object) -> str | None:
    """The key of the part that a chart's selection names; None where nothing is selected."""
    points = selection.get(PART) if isinstance(selection, dict) else None
    if not isinstance(points, list) or not points or not isinstance(points[0], dict):
        return None
    key = points[0].get("key")
    return key if isinstance(key, str) else None
