"""Ruled regions: every partition of a rectangle into merged cells is read back from its drawn lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.lattice import Span, find_lattices
from ingest.rulings import Rulings, Segment, read_rulings

_WIDTH, _HEIGHT = 40.0, 14.0


@st.composite
def partitions(draw: st.DrawFn) -> tuple[int, int, list[Span]]:
    """A grid of rows × columns cut into rectangles."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    free = {(r, c) for r in range(rows) for c in range(columns)}
    spans: list[Span] = []
    while free:
        r, c = min(free)
        c_end = c + 1
        while (r, c_end) in free and draw(st.booleans()) and c_end - c < 3:
            c_end += 1
        r_end = r + 1
        while all((r_end, k) in free for k in range(c, c_end)) and draw(st.integers(0, 3)) == 0:
            r_end += 1
        spans.append(Span(r, r_end, c, c_end))
        free -= {(i, k) for i in range(r, r_end) for k in range(c, c_end)}
    return rows, columns, spans


def _drawn(spans: list[Span]) -> Rulings:
    horizontal = [
        Segment(y * _HEIGHT, s.column * _WIDTH, s.column_end * _WIDTH) for s in spans for y in (s.row, s.row_end)
    ]
    vertical = [
        Segment(x * _WIDTH, s.row * _HEIGHT, s.row_end * _HEIGHT) for s in spans for x in (s.column, s.column_end)
    ]
    return Rulings(horizontal, vertical)


@given(partitions())
@settings(max_examples=200, deadline=None)
def test_every_merged_cell_is_found_where_it_was_drawn(partition: tuple[int, int, list[Span]]) -> None:
    _, _, spans = partition
    lattices = find_lattices(_drawn(spans))
    assert len(spans) > 1 or all(lattice.is_frame for lattice in lattices)
    boxes = {lattice.span_box(span).as_list().__repr__() for lattice in lattices for span in lattice.spans}
    expected = {
        [s.column * _WIDTH, s.row * _HEIGHT, s.column_end * _WIDTH, s.row_end * _HEIGHT].__repr__() for s in spans
    }
    assert boxes == expected


def test_open_sides_are_closed_where_the_crossing_lines_end() -> None:
    horizontal = [Segment(y, 0, 300) for y in (10.0, 30.0, 50.0)]
    vertical = [Segment(x, 10, 50) for x in (100.0, 200.0)]  # no left or right border, as many printed tables have
    (lattice,) = find_lattices(Rulings(horizontal, vertical))
    assert lattice.xs == (0, 100, 200, 300)
    assert len(lattice.spans) == 6


def test_a_row_cut_by_the_page_break_is_kept() -> None:
    horizontal = [Segment(y, 0, 200) for y in (30.0, 50.0)]
    vertical = [Segment(x, 12, 50) for x in (0.0, 100.0, 200.0)]  # the lines reach above the first rule
    (lattice,) = find_lattices(Rulings(horizontal, vertical))
    assert lattice.ys == (12, 30, 50)


def _rect(x0: float, top: float, x1: float, bottom: float, **kind: object) -> dict[str, object]:
    return {"object_type": "rect", "x0": x0, "top": top, "x1": x1, "bottom": bottom, **kind}


def test_white_rectangles_draw_nothing() -> None:
    white = _rect(0, 0, 500, 700, fill=True, stroke=False, non_stroking_color=(1.0, 1.0, 1.0))
    thin = _rect(0, 10, 200, 10.5, fill=True, stroke=False, non_stroking_color=0.0)
    rulings = read_rulings({"rect": [white, thin]})
    assert rulings.vertical == []
    assert [(round(s.at, 2), s.start, s.end) for s in rulings.horizontal] == [(10.25, 0, 200)]


def test_touching_pieces_of_a_line_are_one_line() -> None:
    pieces = [_rect(x, 10, x + 50, 10.4, fill=True, stroke=False, non_stroking_color=0.0) for x in (0, 50.5, 102)]
    assert len(read_rulings({"rect": pieces}).horizontal) == 1
