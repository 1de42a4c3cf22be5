"""What the app shows, without widgets: places, tables, trees, transcripts, cards, addresses, names, uploads."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ingest.errors import BadQuestion, InputError
from ingest.records import Extract
from ingest.store import SqlCorpus, open_corpus
from ingest.units import WAN_YUAN, YUAN
from qa.engine import Engine
from qa.page_image import BLUE, GREEN, VERMILION
from qa.question import Language
from qa.webapp import card, charts, transcript
from qa.webapp.address import address, read_request
from qa.webapp.conversation import Conversation, ask, choose_reading
from qa.webapp.figures import figure, headline, in_base_unit
from qa.webapp.hierarchy import charted, children, nodes, path_to, value_columns
from qa.webapp.overview import balance_table, halves
from qa.webapp.places import Place, cell_citation, cited_pages, place_citation, read_sheets, row_fields
from qa.webapp.reasons import told
from qa.webapp.reference import reference
from qa.webapp.safe import plain, safe_name
from qa.webapp.series import pairs, trends, with_several_years
from qa.webapp.settings import Settings, settings_from_environment
from qa.webapp.suggest import answered, suggestions
from qa.webapp.tableview import view
from qa.webapp.treechart import level
from qa.webapp.treemap import squarify
from qa.webapp.uploads import Progress, State, Upload, UploadQueue, follow
from qa.webapp.wording import Wording, keys, language_of
from qa.webapp.workbook import table_to_csv, table_to_xlsx
from tests.browser import SAMPLES
from tests.factories import build_extract, build_table, item, sample_extract

HOSTILE = "<script>alert(1)</script> **x** [z](javascript:1)"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlCorpus]:
    opened = open_corpus(tmp_path_factory.mktemp("store"), create=True)
    opened.add(sample_extract("a"))
    opened.add(sample_extract("b", year=2023))
    opened.add(sample_extract("c", agency="某市水利局"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def engine(corpus: SqlCorpus) -> Engine:
    return Engine(corpus)


def placed(corpus: SqlCorpus, extract: Extract) -> list[Place]:
    """Every figure cell of the extract's first table, cited and found again."""
    document, table = extract.document, extract.tables[0]
    return [
        place_citation(
            cell_citation(document, table, row, column), lambda document: read_sheets(corpus, document)
        )
        for row in table.rows
        for column in table.columns[2:]
    ]  # fmt: skip


def test_every_cell_is_found_again_by_its_citation(corpus: SqlCorpus) -> None:
    extract = sample_extract("a")
    table = extract.tables[0]
    for place in placed(corpus, extract):
        assert place.table is not None and place.row is not None and place.column is not None
        assert place.table.id == table.id
        assert table.rows[place.row.index].cells[place.column.index].box == place.citation.box


def test_a_cell_is_marked_with_its_row_and_column() -> None:
    extract = sample_extract("a")
    table = extract.tables[0]
    row, column = table.rows[2], table.columns[2]
    place = Place(cell_citation(extract.document, table, row, column), table, row, column)
    (page,) = cited_pages([place])
    assert [m.box for m in page.marks if m.colour == VERMILION] == [row.cells[2].box]
    assert {m.box for m in page.marks if m.colour == GREEN} == {row.cells[0].box, row.cells[1].box}
    assert {m.box for m in page.marks if m.colour == BLUE} == set(column.boxes)
    assert [f.text for f in row_fields(place) if f.cited] == [row.cells[2].text]


def test_a_cited_cell_stays_vermilion_where_another_is_its_heading(corpus: SqlCorpus) -> None:
    for page in cited_pages(placed(corpus, sample_extract("a"))):
        cited = {place.citation.box for place in page.places}
        assert {m.box for m in page.marks if m.colour == VERMILION} == cited


def test_a_reference_names_the_place(engine: Engine, corpus: SqlCorpus) -> None:
    answer = engine.ask("2024年科普活动预算是多少")
    place = place_citation(answer.citations[0], lambda document: read_sheets(corpus, document))
    document = corpus.find_document(place.citation.document)
    said = reference(place, document, Language.ZH)
    assert said.endswith("390.00 万元") and "第3页" in said and "2060702" in said
    assert "p. 3" in reference(place, document, Language.EN)


def test_suggestions_are_answered(engine: Engine) -> None:
    for language in Language:
        found = suggestions(engine, language)
        assert found and all(answered(engine, question) for question in found)
        assert len(set(found)) == len(found)


def test_a_conversation_keeps_errors_and_goes_on(engine: Engine) -> None:
    talk = ask(engine, Conversation(), "\x00")
    assert talk.exchanges[0].answer is None and talk.exchanges[0].problem
    talk = ask(engine, talk, "某市科学技术协会2024年科普活动预算是多少")
    assert talk.exchanges[1].chain == ("某市科学技术协会2024年科普活动预算是多少",)


def test_another_reading_keeps_its_own_figure_and_place(engine: Engine) -> None:
    talk = ask(engine, Conversation(), "科学普及预算是多少")
    answer = talk.exchanges[0].answer
    assert answer is not None and answer.alternatives
    for other in answer.alternatives:
        chosen = choose_reading(engine, talk, talk.exchanges[0], other).exchanges[-1].answer
        assert chosen is not None and chosen.citations[0] == other.citation
        assert Decimal(chosen.value or "0") == Decimal(other.value)


def test_figures_are_grouped_and_said_in_yuan(engine: Engine) -> None:
    answer = engine.ask("某市科学技术协会2024年科普活动预算是多少")
    assert headline(answer) == "390.00 万元"
    assert in_base_unit(answer) == "3,900,000 元"
    assert figure("-1234567.50", "元") == "-1,234,567.50 元"
    assert figure("12.5", "%") == "12.5%"


def test_a_unit_is_said_in_the_language_of_the_answer(engine: Engine) -> None:
    english = engine.ask("How much is budgeted for 科普活动 in 2024 by 某市科学技术协会?")
    assert headline(english) == "390.00 万元" and in_base_unit(english) == "3,900,000 yuan"
    times = replace(english, value="3.5", unit="倍", answer="3.5 times")
    assert headline(times) == "3.5 times"
    assert headline(replace(times, language=Language.ZH)) == "3.5 倍"


def test_a_table_is_searched_and_converted(corpus: SqlCorpus) -> None:
    document = sample_extract("a").document
    sheets = read_sheets(corpus, document.id)
    table = sheets.tables[0]
    assert len(view(sheets, table).rows) == len(table.rows)
    found = view(sheets, table, "科普 2060702")
    assert [row.cells[1].text for row in found.rows] == ["科普活动"]
    assert [c.text for c in found.cells[0][2:]] == ["390.00", "-", "390.00"]
    in_yuan = view(sheets, table, "2060702", YUAN)
    assert in_yuan.cells[0][2].value == Decimal(3_900_000) and "(元)" in in_yuan.headings[2]
    assert in_yuan.cells[0][3].text == "-" and in_yuan.cells[0][3].value is None
    assert view(sheets, table, "2060702", WAN_YUAN).cells == found.cells


def test_exports_name_the_source_and_run_no_formula(corpus: SqlCorpus) -> None:
    table = build_table("T1", "表", [item("=1+1", "206", 0, "1.00")])
    extract = build_extract("formula", (table,))
    shown = view(read_sheets(corpus, sample_extract("a").document.id), table)
    text = table_to_csv(extract.document, table, shown).decode("utf-8-sig")
    assert "formula.pdf" in text and "'=1+1" in text
    import zipfile

    with zipfile.ZipFile(io.BytesIO(table_to_xlsx(extract.document, table, shown))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert extract.document.sha256 in book.read("xl/sharedStrings.xml").decode()


def test_the_tree_holds_what_the_table_prints() -> None:
    table = sample_extract("a").tables[0]
    assert charted([table]) == (table,)
    column = value_columns(table)[0]
    tree = nodes(table, column)
    assert [n.name for n in children(tree, None)] == ["科学技术支出", "社会保障和就业支出"]
    leaf = next(n for n in tree if n.name == "科普活动")
    assert [n.name for n in path_to(tree, leaf.row)] == ["科学技术支出", "科学技术普及", "科普活动"]
    assert sum((tile.share for tile in level(tree, None)), Decimal(0)) == 100


@given(st.lists(st.decimals("0.01", "100000", places=2), min_size=1, max_size=40))
def test_tiles_fill_the_rectangle_by_value(values: list[Decimal]) -> None:
    """Squarified treemaps: areas are proportional to the values, and no two tiles overlap."""
    values.sort(reverse=True)
    tiles = squarify(values, 1.6)
    whole = sum(values)
    areas = [(t.x1 - t.x0) * (t.y1 - t.y0) for t in tiles]
    assert sum(areas) == pytest.approx(1.6)
    for value, area in zip(values, areas, strict=True):
        assert area == pytest.approx(float(value / whole) * 1.6, abs=1e-9)
    for one in tiles:
        for two in tiles[one.index + 1 :]:
            apart = one.x1 <= two.x0 + 1e-9 or two.x1 <= one.x0 + 1e-9
            assert apart or one.y1 <= two.y0 + 1e-9 or two.y1 <= one.y0 + 1e-9


def test_a_balance_has_two_halves() -> None:
    from ingest.extract import extract

    found = extract(SAMPLES / "qinglan-wenlv-2024-final-invented.pdf")
    table = balance_table(found.tables)
    assert table is not None
    income, spending = halves(table)
    assert income.column.panel == 0 and spending.column.panel == 1
    assert len(spending.parts) > 1


def test_years_and_agencies_side_by_side(corpus: SqlCorpus) -> None:
    groups = with_several_years(corpus.documents())
    ((key, documents),) = groups.items()
    assert key[0] == "某市科学技术协会"
    series = trends(corpus, documents)
    assert [p.year for p in series["科普活动 2060702"]] == [2023, 2024]
    here, _, other = corpus.documents()
    assert [(p.code, p.left is not None, p.right is not None) for p in pairs(corpus, here, other)] == [
        ("206", True, True), ("208", True, True),
    ]  # fmt: skip


def test_charts_are_valid_and_told_apart_by_more_than_colour() -> None:
    table = sample_extract("a").tables[0]
    tiles = level(nodes(table, value_columns(table)[0]), None)
    mark = charts.Mark("0", HOSTILE, "1.00 万元", Decimal(1), "g")
    made = (
        charts.treemap(tiles, ["x"] * len(tiles)), charts.stacked(["g"], [mark]),
        charts.lines([("2024", mark)], "万元", "year"), charts.side_by_side(["g"], [mark], "万元"),
    )  # fmt: skip
    for chart in made:
        assert chart.to_dict()["params"][0]["name"] == charts.PART
    assert '"shape"' in made[2].to_json()
    assert charts.clicked({"part": [{"key": "3"}]}) == "3"
    assert charts.clicked({"part": []}) is None and charts.clicked(None) is None


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_words_on_coloured_parts_are_read() -> None:
    marks = [charts.Mark(str(n), "名称", "1.00 万元", Decimal(1), "g") for n in range(8)]
    (drawn,) = charts.stacked(["g"], marks).to_dict()["datasets"].values()
    assert len({part["colour"] for part in drawn}) == 8
    for part in drawn:
        one, two = sorted((luminance(part["colour"]), luminance(part["ink"])))
        assert (two + 0.05) / (one + 0.05) >= 4.5, part["colour"]


def test_transcripts_hold_text_as_text(engine: Engine) -> None:
    talk = ask(engine, ask(engine, Conversation(), HOSTILE), "某市科学技术协会2024年科普活动预算是多少")
    words = Wording(Language.ZH)
    page = transcript.to_html(talk, lambda c: f"{c.file} {c.page}", words)
    assert "<script" not in page and "&lt;script&gt;" in page and "390.00" in page and "a.pdf 3" in page
    text = transcript.to_markdown(talk, lambda c: f"{c.file} {c.page}", words)
    assert "\\<script" in text and "[z](" not in text and "390.00" in text


@pytest.mark.skipif(not card.can_draw(), reason="needs a font with Chinese characters")
def test_a_card_grows_with_its_words() -> None:
    small = card.Card("问", "390.00 万元", "某市", "句子。", ("出处",), "注")
    large = card.Card("问" * 200, "390.00 万元", "某市", "a" * 500, ("出处" * 90,) * 3, "注")
    sizes = [Image.open(io.BytesIO(card.draw(c))).size for c in (small, large)]
    assert sizes[0][0] == sizes[1][0] == card.WIDTH and sizes[1][1] > sizes[0][1]


def test_no_line_of_a_card_begins_with_what_closes_a_sentence() -> None:
    pieces = card._breakable("科普活动为 325.00 万元。”其余（见第13页）！")
    assert "".join(pieces) == "科普活动为 325.00 万元。”其余（见第13页）！"
    assert "元。”" in pieces and "325.00" in pieces
    assert not any(piece[0] in "。”）！" for piece in pieces)


def test_addresses_come_back() -> None:
    from urllib.parse import parse_qs, urlsplit

    made = address("http://localhost:8501/?q=old#x", ("科普 & 活动?", "那2023年呢"), "abc", Language.EN)
    read = parse_qs(urlsplit(made).query)
    assert read == {"q": ["科普 & 活动?", "那2023年呢"], "document": ["abc"], "lang": ["en"]}
    assert read_request([" ", "x" * 100_000, *"abcdefghijkl"], "").questions == tuple("abcdefgh")


@given(st.text(max_size=300))
def test_an_upload_is_named_by_one_plain_name(name: str) -> None:
    """A file's name is never a path: no separators, no control characters, not hidden, short enough for any disk."""
    safe = safe_name(name)
    assert safe and Path(safe).name == safe and not safe.startswith(".") and len(safe.encode()) <= 255
    assert safe.isprintable() or not any(ord(c) < 32 for c in safe)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "a\x00b.pdf", "..", ""])
def test_hostile_names(name: str) -> None:
    assert "/" not in safe_name(name) and "\\" not in safe_name(name) and safe_name(name) not in ("", ".", "..")


@given(st.text())
def test_plain_text_has_nothing_unescaped(text: str) -> None:
    shown = plain(text)
    escaped = False
    for char in shown:
        assert escaped or char not in "*_`[]<>#:$|~!"
        escaped = char == "\\" and not escaped


def test_words_have_every_language() -> None:
    for language in Language:
        assert all(Wording(language)(key, *range(5)) for key in keys())
    assert language_of("en-GB") is Language.EN and language_of("zh-TW") is Language.ZH
    assert language_of(None) is Language.ZH and language_of("fr") is Language.EN


def test_settings_are_read_and_refused() -> None:
    assert not settings_from_environment({"BUDGETQA_UPLOAD": "off"}).uploads
    assert settings_from_environment({"BUDGETQA_UPLOAD_PAGES": "7"}).limits.max_pages == 7
    with pytest.raises(InputError, match="BUDGETQA_UPLOAD_PAGES"):
        settings_from_environment({"BUDGETQA_UPLOAD_PAGES": "0"})


def finished(queue: UploadQueue, name: str, data: bytes) -> Progress:
    upload = queue.submit(name, data)
    for _ in range(600):
        if upload.progress.ended:
            return upload.progress
        time.sleep(0.1)
    raise TimeoutError(name)


def test_refusals_say_why_in_the_reader_s_language(tmp_path: Path, corpus: SqlCorpus) -> None:
    queue = UploadQueue(Settings(tmp_path / "store", max_megabytes=1, max_pages=2))
    big = finished(queue, "big.pdf", b"x" * 1_100_000)
    assert big.state is State.FAILED and "limit is 1 MB" in (big.reason or "")
    broken = finished(queue, "a: b.pdf", b"%PDF-1.4 nothing more")
    for refused, words in ((big, "big.pdf：有 1 MB，上限 1 MB"), (broken, "a: b.pdf：PDF 损坏或不完整")):
        assert told(refused.reason or "", Language.ZH) == words
        assert told(refused.reason or "", Language.EN) == refused.reason
    long = finished(queue, "../long.pdf", (SAMPLES / "larkspur-parks-fy2025-invented.pdf").read_bytes())
    assert long.state is State.FAILED and "limit is 2" in (long.reason or "") and long.name == "long.pdf"
    assert told(long.reason or "", Language.ZH) == "long.pdf：有 5 页，上限 2 页"
    with pytest.raises(BadQuestion) as empty:
        Engine(corpus).ask(" ")
    assert told(str(empty.value), Language.ZH) == "问题是空的"
    assert told("an error nobody has words for", Language.ZH) == "an error nobody has words for"


def test_a_closed_queue_stops_reading_at_once(tmp_path: Path) -> None:
    queue = UploadQueue(Settings(tmp_path / "store"))
    reading = queue.submit("a.pdf", (SAMPLES / "shaoxing-kexie-2024-sample.pdf").read_bytes())
    waiting = queue.submit("b.pdf", b"%PDF-1.4")
    while reading.progress.state is State.WAITING:
        time.sleep(0.01)
    begun = time.monotonic()
    queue.close()
    assert time.monotonic() - begun < 4
    assert reading.progress.state is State.FAILED and waiting.progress.state is State.WAITING


def test_what_libraries_print_is_no_progress() -> None:
    upload = Upload(Progress("a.pdf"))
    follow(upload, ["warning: fonts\n", "12\n", '{"pages": 2, "of": 3}\n', '{"stored": "id", "index": null}\n'])
    assert upload.progress == Progress("a.pdf", State.STORED, 2, 3, "id")
