"""Plots as inline SVG: dots with whiskers, stacked bars, lines. Colours that colour-blind people can tell apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from eval.intervals import Interval

# Okabe and Ito's palette.
COLOURS = ("#0072B2", "#D55E00", "#E69F00", "#CC79A7", "#56B4E9", "#999999", "#009E73", "#F0E442")
_ROW = 22
_LEFT = 230
_LABEL = 34  # half-width characters that fit left of the plot
_WIDTH = 720
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Series:
    """A named line through points (x, y)."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Axes:
    """How a line chart is labelled and scaled; `right` and `top` fix the upper ends of x and y."""

    title: str
    x: str
    y: str
    log_x: bool = False
    log_y: bool = False
    right: float | None = None
    top: float | None = None


def interval_chart(title: str, rows: Sequence[tuple[str, Interval]]) -> str:
    """Shares with their intervals, one line each, from 0 to 100 %."""
    body = [_grid(len(rows))]
    for number, (name, interval) in enumerate(rows):
        y = 30 + number * _ROW
        x0, x, x1 = (_across(v) for v in (interval.low, interval.share, interval.high))
        tip = f"{name}: {interval.hits} of {interval.whole}"
        label = _label(f"{name} ({interval.whole})", y)
        body.append(
            f'<g><title>{escape(tip)}</title>{label}<line x1="{x0:.1f}" y1="{y}" x2="{x1:.1f}" y2="{y}" '
            f'stroke="{COLOURS[0]}" stroke-width="2"/><circle cx="{x:.1f}" cy="{y}" r="4" fill="{COLOURS[0]}"/></g>'
        )
    return _svg(title, 30 + len(rows) * _ROW + 20, body)


def stacked_bars(title: str, rows: Sequence[tuple[str, Sequence[tuple[str, int]]]], names: Sequence[str]) -> str:
    """Counts as shares of each row's whole; the legend has `names` in the colours' order."""
    body = [_grid(len(rows))]
    for number, (row, counts) in enumerate(rows):
        y = 30 + number * _ROW
        whole = sum(count for _, count in counts) or 1
        body.append(f"<g><title>{escape(row)}</title>{_label(f'{row} ({whole})', y)}</g>")
        at = 0
        for name, count in counts:
            colour = COLOURS[names.index(name) % len(COLOURS)]
            x, long = _across(at / whole), (_WIDTH - _LEFT - 20) * count / whole
            body.append(
                f'<rect x="{x:.1f}" y="{y - 7}" width="{long:.1f}" height="14" fill="{colour}">'
                f"<title>{escape(f'{row}: {count} {name}')}</title></rect>"
            )
            at += count
    legend, height = _legend(names, 30 + len(rows) * _ROW + 24)
    return _svg(title, height, [*body, *legend])


def line_chart(axes: Axes, series: Sequence[Series]) -> str:
    """Lines through points, linear or logarithmic; nothing where there is no point."""
    points = [p for s in series for p in s.points]
    if not points:
        return ""
    to_x, x_ticks = _scale([x for x, _ in points], axes.log_x, 70, _WIDTH - 30, axes.right)
    to_y, y_ticks = _scale([y for _, y in points], axes.log_y, 260, 40, axes.top)
    body = [_frame(axes, to_x, to_y, x_ticks, y_ticks)]
    for number, one in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{to_x(x):.1f},{to_y(y):.1f}" for x, y in one.points)
        body.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        body += [
            f'<circle cx="{to_x(x):.1f}" cy="{to_y(y):.1f}" r="3" fill="{colour}">'
            f"<title>{escape(f'{one.name}: {x:g}, {y:g}')}</title></circle>"
            for x, y in one.points
        ]
    legend, height = _legend([s.name for s in series], 315)
    return _svg(axes.title, height, [*body, *legend])


def _scale(
    values: Sequence[float], log: bool, start: float, end: float, top: float | None
) -> tuple[Callable[[float], float], list[float]]:
    """The mapping from values to pixels, and where ticks stand."""
    if log:
        low = math.floor(math.log10(min(v for v in values if v > 0)))
        high = max(low + 1, math.ceil(math.log10(max(values))))
        ticks = [10.0**power for power in range(low, high + 1)]
        return lambda v: start + (end - start) * (math.log10(max(v, 10.0**low)) - low) / (high - low), ticks
    highest = top if top is not None else max(values) or 1.0
    ticks = [highest * i / _TICKS for i in range(_TICKS + 1)]
    return lambda v: start + (end - start) * v / highest, ticks


def _frame(
    axes: Axes,
    to_x: Callable[[float], float],
    to_y: Callable[[float], float],
    x_ticks: Sequence[float],
    y_ticks: Sequence[float],
) -> str:
    parts = [f'<line x1="70" y1="260" x2="{_WIDTH - 30}" y2="260" class="axis"/>']
    parts += [f'<text x="{to_x(tick):.1f}" y="276" text-anchor="middle">{tick:g}</text>' for tick in x_ticks]
    for tick in y_ticks:
        y = to_y(tick)
        parts.append(f'<line x1="70" y1="{y:.1f}" x2="{_WIDTH - 30}" y2="{y:.1f}" class="grid"/>')
        parts.append(f'<text x="64" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
    parts.append(f'<text x="{(_WIDTH + 40) / 2}" y="294" text-anchor="middle">{escape(axes.x)}</text>')
    parts.append(f'<text x="14" y="150" text-anchor="middle" transform="rotate(-90 14 150)">{escape(axes.y)}</text>')
    return "".join(parts)


def _across(share: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - 20) * share


def _grid(rows: int) -> str:
    bottom = 30 + rows * _ROW - 8
    lines = []
    for tick in range(0, 101, 20):
        x = _across(tick / 100)
        lines.append(f'<line x1="{x:.1f}" y1="18" x2="{x:.1f}" y2="{bottom}" class="grid"/>')
        lines.append(f'<text x="{x:.1f}" y="{bottom + 14}" text-anchor="middle">{tick} %</text>')
    return "".join(lines)


def _label(name: str, y: float) -> str:
    return f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(fitted(name, _LABEL))}</text>'


def fitted(text: str, room: int) -> str:
    """A text cut in its middle, where it is wider than `room` half-width characters: both ends tell files apart."""
    if width(text) <= room:
        return text
    end = _beginning(text[::-1], room // 3)[::-1]
    return f"{_beginning(text, room - 1 - width(end))}…{end}"


def _beginning(text: str, room: int) -> str:
    """As much of a text's beginning as is no wider than `room`."""
    return next((text[:n] for n in range(len(text), 0, -1) if width(text[:n]) <= room), "")


def width(text: str) -> int:
    """How many half-width characters a text is wide; a Chinese character is two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _legend(names: Sequence[str], y: float) -> tuple[list[str], float]:
    """The legend from height y down, in as many lines as it needs, and the height where it ends."""
    parts, x = [], 20.0
    for number, name in enumerate(names):
        taken = 30 + 6.5 * width(name)
        if x > 20 and x + taken > _WIDTH:
            x, y = 20.0, y + 18
        colour = COLOURS[number % len(COLOURS)]
        parts.append(f'<rect x="{x}" y="{y - 9}" width="11" height="11" fill="{colour}"/>')
        parts.append(f'<text x="{x + 16}" y="{y}">{escape(name)}</text>')
        x += taken
    return parts, y + 14


def as_file(figure: str) -> str:
    """A figure of this module as an SVG file of its own, grey on whatever background it is shown."""
    start, end = figure.index("<svg"), figure.index("</svg>") + len("</svg>")
    style = "<style>text{font:11px sans-serif;fill:#777}.grid{stroke:#8884}.axis{stroke:#777}</style>"
    svg = figure[start:end].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" width="720"', 1)
    at = svg.index(">") + 1
    return svg[:at] + style + svg[at:] + "\n"


def _svg(title: str, height: float, body: Sequence[str]) -> str:
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" '
        f'aria-label="{escape(title)}">{"".join(body)}</svg></figure>'
    )
