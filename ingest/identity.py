"""Who published a document, for which year and phase: read from its own text, else from its file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from ingest.errors import NotAFigure
from ingest.numbers import fold_width, parse_chinese_numeral
from ingest.pages import Grid, Page
from ingest.records import Identity, Phase, Scope, Volume

_YEAR = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*(?:年度?|财年)|(?P<numeral>二[〇零○O0Ｏ][一二三四五六七八九〇零○]{2})\s*年"
)
_FISCAL = re.compile(
    r"(?:FY|fiscal\s+year|financial\s+year|budget)\s*'?\s*(?P<first>(?:19|20)\d{2}|\d{2})"
    r"(?:\s*[-–/]\s*(?P<last>\d{2,4}))?(?!\d)"
    r"|(?<!\d)(?P<plain>(?:19|20)\d{2})(?:\s*[-–/]\s*(?P<plain_last>\d{2,4}))?\s+(?:\w+\s+){0,2}budget",
    re.IGNORECASE,
)
# A month of publication.
_MONTH = re.compile(
    r"(?:(?:19|20)\d{2}|[一二三四五六七八九〇零○]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(?!.{0,8}(?:收支|财政|预算|执行))"
)
_BARE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_OWNER = re.compile(
    r"^(?:\d{3,6}\s*[-—–]\s*(?P<coded>[^\d\s].{2,40})"
    r"|(?:预算主管部门|编制部门|编制单位|填报部门|填报单位|预算部门|预算单位|部门名称|单位名称|公开部门|公开单位|部门|单位)"
    r"\s*(?:[（(](?:公章|盖章)[）)])?\s*[：:]\s*(?P<named>\S{3,40}))"
)
_MONEY_UNIT = re.compile(r"^(?:人民币)?[百千万亿]*元")
_UNIT_NOTE = re.compile(r"\s*(?:金额)?单\s*位\s*[：:]\s*[百千万亿]*元.*$")
_ORGANISATION = re.compile(
    r"(?:局|委|委员会|厅|院|会|办|办公室|办事处|处|部|署|室|馆|站|队|校|学院|大学|中心|政府|协会|联合会|所|公司|社|团|台|总队|支队|基金会"
    r"|小学|中学|幼儿园|监狱|林场|农场|[^\d]街道|[^\d]镇)"
    r"(?:[（(](?:本级|本部|汇总|部门|单位)[）)])?$"
)
_ENGLISH_AGENCY = re.compile(
    r"\b(?:(?:City|County|Town|Village|State|Commonwealth|Borough|Department|Ministry|Office|Bureau|Board|University)\s+of\s+"
    r"(?:the\s+)?[A-Z][\w.'&-]*(?:\s+(?:and\s+|of\s+|the\s+)*(?!Budget|Adopted|Proposed|Annual|Fiscal|FY)[A-Z][\w.'&-]*){0,4}"
    r"|(?:[A-Z][\w.'&-]*\s+){1,4}(?:County|City|Department|Authority|Agency|District|Commission|Ministry))\b"
)
_PLACE = re.compile(
    r"(?:关于)?(?P<place>[一-鿿]{2,12}?[省市县区州旗盟镇乡])(?=(?:19|20)\d{2}年)"
    r"|(?:19|20)\d{2}年度?(?:上半年|[一二三四前]+季度|(?:\d{1,2}\s*[-—–至]\s*)?\d{1,2}月份?)?"
    r"(?P<behind>(?!全|本[省市县区级州]|我|各)[一-鿿]{1,11}?[省市县区州旗盟镇乡])(?=一般公共|公共财政|财政|政府|预算|决算|地方)"
)
_MONEY_MOVED = re.compile(r"(?:收支|收入|支出|完成)情况")
_BUDGET_KINDS = re.compile(r"(?:一般公共|公共财政|政府性基金|国有资本经营)预算")
_GOVERNMENT = re.compile(r"财政|预算执行|预算草案|决算报告|决算草案|转移支付|三公|民生|债务|预算报告|预算说明|公共预算")
_TITLE_TAIL = re.compile(
    r"(?:财政拨款)?[“\"]?三公.*$"
    r"|(?:年度|年)?(?:市级|区级|省级|县级|本级)?(?:部门|单位)?(?:收支)?(?:预算|决算).*$"
)
_SENTENCE = re.compile(r"[。；;]|[a-z]\.\s")
# How the first paragraph of an article begins, and the first heading under a title.
_BODY = re.compile(
    r"^(?:根据|按照|依据|遵照|现将|为了?(?:进一步|贯彻|落实)|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）])"
    r"|[\d.](?:[万亿]元|[%％]).*，|，.*\d(?:[万亿]元|[%％])|(?:合计|共计|总额|为)\s*\d"
)
_MONTHLY = re.compile(r"\d\s*月|季度|半年")
_COVER_LINES = 8
_LONGEST_LINE = 160


def read_identity(pages: Sequence[Page], file_name: str) -> Identity:
    """Title, agency, fiscal year, phase, scope and volume of a document.

    The agency is the printed name without a leading 中共, so that one body has one name. What neither the text nor the
    file name says is None or UNKNOWN.
    """
    cover = _cover(pages)
    headings = _table_titles(pages)
    stem = PurePath(file_name).stem
    sources = (cover, headings, (stem,))
    agency = _agency(pages, cover, stem)
    year = next((y for y in map(_year, sources) if y is not None), None)
    phase = next((p for p in map(_phase, sources) if p is not None), Phase.UNKNOWN)
    if year is None and phase is not Phase.ACTUAL:  # a budget is published in its own year, an account in the next
        year = next((int(match.group()) for line in cover for match in _BARE_YEAR.finditer(line)), None)
    scopes = map(_scope, (cover, headings, _owner_labels(pages)))
    scope = next((s for s in scopes if s is not None), Scope.UNKNOWN)
    return Identity(_title(cover, agency, year, phase, scope, stem), agency, year, phase, scope, _volume(pages))


def _cover(pages: Sequence[Page]) -> tuple[str, ...]:
    """The lines the document begins with, up to its contents list, its first table or its first sentence."""
    lines: list[str] = []
    for page in pages[:2]:
        for block in page.blocks:
            if isinstance(block, Grid):
                texts = [cell.text for cell in block.cells if cell.text.strip()]
                if len(texts) > 3 or lines:
                    return tuple(lines)
                lines += [text for cell in texts for text in cell.splitlines()]
                continue
            text = block.text.strip()[:_LONGEST_LINE]
            if re.fullmatch(r"目\s*录|(?:table of )?contents", text, re.IGNORECASE) or _SENTENCE.search(text):
                return tuple(lines)
            if lines and _BODY.search(text):
                return tuple(lines)
            if not re.fullmatch(r"[-—–\s\d]*", text) or _BARE_YEAR.fullmatch(text):
                lines.append(text)
            if len(lines) >= _COVER_LINES:
                return tuple(lines)
        if lines:
            break
    return tuple(lines)


def _table_titles(pages: Sequence[Page]) -> tuple[str, ...]:
    """Short lines that name a budget or final account: table titles and headings."""
    texts = (line.text.strip() for page in pages for line in page.lines)
    named = (t for t in texts if len(t) < 60 and re.search(r"预算|决算|budget|fiscal", t, re.IGNORECASE))
    return tuple(t for t in named if not _SENTENCE.search(t) and "，" not in t)


def _owner_lines(pages: Sequence[Page]) -> Iterable[re.Match[str]]:
    for page in pages:
        for line in page.lines:
            match = _OWNER.match(_UNIT_NOTE.sub("", line.text.strip()[:_LONGEST_LINE]))
            if match and not _MONEY_UNIT.match(match["named"] or ""):
                yield match


def _owner_labels(pages: Sequence[Page]) -> tuple[str, ...]:
    """部门预算 or 单位预算 for 编制部门：… and 编制单位：…, the weakest sign of the scope."""
    labels = (match.group().split("：")[0].split(":")[0] for match in _owner_lines(pages))
    return tuple(
        "部门预算" if "部门" in label else "单位预算" for label in labels if "部门" in label or "单位" in label
    )


def _agency(pages: Sequence[Page], cover: Sequence[str], stem: str) -> str | None:
    names = Counter(
        clean for match in _owner_lines(pages) if (clean := _clean_name(match["named"] or match["coded"] or ""))
    )
    title = _agency_in_title(cover)
    if title and (not names or any(title in name or name in title for name in names)):
        return title
    if names:
        return max(names, key=lambda name: names[name])
    return title or _agency_in_title([re.split(r"[-_—\s]", stem)[0]]) or _place_in_title(cover)


def _place_in_title(lines: Sequence[str]) -> str | None:
    """The place a government's own report begins with: 云溪县 of 云溪县2031年预算执行情况…."""
    joined = re.sub(r"\s+", "", "".join(lines))
    match = _PLACE.match(joined)
    return (
        match["place"] or match["behind"]
        if match and _GOVERNMENT.search(joined) and not re.search("部门|单位", joined)
        else None
    )


def _clean_name(name: str) -> str:
    bare = re.sub(r"[（(](?:本级|本部|汇总|部门|单位|公章|盖章)[）)]$", "", re.sub(r"\s+", "", name))
    return re.sub(r"^中共(?=.{4})", "", bare)


def _agency_in_title(lines: Sequence[str]) -> str | None:
    """The organisation a title names: what stands before the year or before 部门预算."""
    joined = re.sub(r"\s+", "", "".join(lines))
    for text in (joined, *(re.sub(r"\s+", "", line) for line in lines)):
        bare = _TITLE_TAIL.sub("", re.sub(r"(?:19|20)\d{2}|二[〇零○][一二三四五六七八九〇零○]{2}", "|", text))
        for part in bare.split("|"):
            name = _clean_name(re.sub(r"^(?:年度|年)|(?:年度|年)$", "", part).strip("-—_ 关于"))
            if _ORGANISATION.search(name) and 4 <= len(name) <= 40:
                return name
    match = _ENGLISH_AGENCY.search(" ".join(lines))
    return match.group().strip() if match else None


def _year(lines: Sequence[str]) -> int | None:
    """The commonest year named with 预算 or 决算 (or as a fiscal year), else the commonest of all."""
    named = [year for line in lines if re.search(r"预算|决算|budget|fiscal|FY", line, re.I) for year in _years(line)]
    if named:
        return _commonest(named)
    lines = [_MONTH.sub("", line) for line in lines]
    every = [year for line in lines for year in _years(line)]
    every = every or [int(match.group()) for line in lines for match in _BARE_YEAR.finditer(line)]
    return _commonest(every) if every else None


def _commonest(years: Sequence[int]) -> int:
    """The year named most often, the later one of two named as often (the earlier is the one compared with)."""
    counts = Counter(years)
    return max(counts, key=lambda year: (counts[year], year))


def _years(line: str) -> list[int]:
    folded = fold_width(line)
    years = [_from_numeral(m["numeral"]) if m["numeral"] else int(m["year"]) for m in _YEAR.finditer(folded)]
    fiscal = [_fiscal_year(match) for match in _FISCAL.finditer(folded)]
    return [year for year in (*years, *fiscal) if year is not None]


def _fiscal_year(match: re.Match[str]) -> int:
    """FY2024 and FY24 are 2024; a span (2023-24) is named after the year it ends in."""
    first = int(match["first"] or match["plain"])
    first += 2000 if first < 100 else 0
    last = match["last"] or match["plain_last"]
    if last is None:
        return first
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return end if first < end <= first + 2 else first


def _from_numeral(numeral: str) -> int | None:
    try:
        return int(parse_chinese_numeral(re.sub("[○零O0Ｏ]", "〇", numeral)))
    except NotAFigure:
        return None


def _phase(lines: Sequence[str]) -> Phase | None:
    text = "\n".join(lines)
    if _MONEY_MOVED.search(text) and _MONTHLY.search(text) and "预算" not in _BUDGET_KINDS.sub("", text):
        return Phase.ACTUAL
    done = r"决\s?算|执行情况|actuals?\b|final accounts?|annual financial report"
    actual = len(re.findall(done, text, re.IGNORECASE))
    budget = len(re.findall(r"预\s?算(?!.{0,12}决算)|budget|appropriation", text, re.IGNORECASE))
    if not actual and not budget:
        return None
    return Phase.ACTUAL if actual >= budget else Phase.BUDGET


def _scope(lines: Sequence[str]) -> Scope | None:
    text = "\n".join(lines)
    department = len(re.findall(r"部门(?:收支)?(?:预算|决算)|部门概况", text))
    unit = len(re.findall(r"单位(?:收支)?(?:预算|决算)|单位概况", text))
    if not department and not unit:
        return None
    return Scope.UNIT if unit > department else Scope.DEPARTMENT


def _title(cover: Sequence[str], agency: str | None, year: int | None, phase: Phase, scope: Scope, stem: str) -> str:
    """The cover's title, with the agency where the title leaves it out; composed where there is no cover."""
    lines = [line for line in cover if not _OWNER.match(line)]
    until = next((i for i, line in enumerate(lines) if re.search(r"预算|决算|budget|accounts", line, re.I)), None)
    if until is not None and not re.search(r"表$", lines[until]):
        title = lines[0]
        for at, line in enumerate(lines[1:], 1):
            if at > until and not _goes_on(title, line):
                break
            title += (" " if title[-1].isascii() and line[0].isascii() else "") + line
        title = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", title)
        return title if not agency or agency in title else f"{title}（{agency}）"
    titled = next((line for line in lines if _YEAR.search(line) and (agency or "年") in line), None)
    if titled is None and agency and year and not agency.isascii():
        kind = "决算" if phase is Phase.ACTUAL else "预算"
        return f"{agency}{year}年{'单位' if scope is Scope.UNIT else '部门'}{kind}"
    return titled or stem


def _goes_on(title: str, line: str) -> bool:
    """Whether a title that is broken over lines runs on: its last word is cut, or the next line is its tail."""
    whole = title.isascii() or re.search(r"(?:预算|决算|说明|公开|报告|草案|情况|方案|文本|表|[）)])$", title)
    return not whole or re.match(r"(?:草案|执行情况|情况的?说明|公开说明|的说明|的报告)", line) is not None


def _volume(pages: Sequence[Page]) -> Volume:
    """Whether sentences and tables with figures are both there; prose alone is a volume only if it points to tables."""
    texts = [line.text[:_LONGEST_LINE] for page in pages for line in page.lines]
    prose = [text for text in texts if not re.match(r"注|备注|说明[：:]|note", text, re.IGNORECASE)]
    sentences = sum("。" in text or re.search(r"[a-z]\.(?:\s|$)", text) is not None for text in prose)
    tables = sum(_has_figures(grid) for page in pages for grid in page.grids)
    if tables and 2 * sentences < tables:
        return Volume.TABLES
    points = any(re.search(r"附后|另附|详见附件|附表|.{4,}表$|attached", text) for text in texts)
    return Volume.TEXT if not tables and points else Volume.WHOLE


def _has_figures(grid: Grid) -> bool:
    return sum(re.fullmatch(r"-?[\d,]+\.?\d*", cell.text.strip()) is not None for cell in grid.cells) >= 2
