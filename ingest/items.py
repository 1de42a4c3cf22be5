"""What a figure speaks of: the item's name, cut out of the words before (or, for counts, after) the figure."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.numbering import without_numbering
from ingest.periods import without_comparators

_YEAR_WORDS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:年度?|(?=全[市省县区]))")
_CONNECTIVES = re.compile(
    r"^(?:其中|包括|此外|另外|同时|另|以及|并且|并|和|及|与|而|[一二三四五六]是|(?:主要)?原因是|按[^，。；]{2,12}分类|[，、：:；。,;（(）)\s])+"
)
_OWN = (
    r"(?:全市|全省|全区|本级|本部门|本单位|我部门|我单位|我局|我院|我委|我[省市县区州旗镇乡校办]|本局|本院|本委|本办|部门|各单位"
    r"|所属各(?:预算)?单位|所属单位|下属各?单位)"
)
_OWNER_TAIL = (
    r"(?:[（(](?:部门|单位|本级|本部|汇总)[）)])?(?:机关(?!运行))?(?:本级)?(?:所属|下属|直属)?(?:各|全部)?(?:预算)?(?:单位|部门)?(?=.)"
)
_LEADING = re.compile(
    r"^(?:全部[为是]|部门预算安排|预算安排|当年预算|当年|全年|年度|共有|共计|总计|合计|现有|拥有|安排|涉及(?!.{0,6}(?:资金|金额|项目))|实现|完成|下达|预计|计划|截至|各(?!级)|含|共"
    r"|[占为达](?=(?:年初|全年|年度|当年|调整后?的?|年)?预算)|加上(?!级)|按规定|动用|单位共有|上述|该|用于|主要用于|主要是|主要包括|主要为|机构设置包括|机构设置|设有|设|本工程|本项目|该工程|该项目)+"
)
_FROM = re.compile(r"(?:由|从)(?:上年度?|去年|(?:19|20)\d{2}年度?)的?$")
_ARRANGED = re.compile(r"^[^，。；“”（）]{0,14}安排(?:的)?(?=.{4})")
_TRAILING = re.compile(
    r"(?:受[^，。；]{2,30}影响|(?:累计|预计|预期)?完成|累计|共计|合计为|总计为|共有|分别为|均为|均|为|是|达到|达|约|近|共|：|:|安排|还有|(?<!保)有|各|于)+$"
)
_SPENT_ON = re.compile(r"^.{0,40}(?:支出|开支|列支|安排|中)的?(?=[“\"])")
_BRACKETED = re.compile(r"^.*[（(](?P<name>“[^“”]{2,8}”(?:经费)?)[)）](?P<tail>[^（）()]{0,6})$")
_NAMES_MONEY = re.compile(r"(?:费用?|支出|收入|经费|拨款|运行)$")
_BELOW = re.compile(r"[（(][^（）()]{0,40}下同[）)]")  # (the same below)
_ADDED = re.compile(r"^.*加上(?!级)(?:预计)?(?=.{4})|^加(?=上级)")
_AMONG = re.compile(
    r"^.*(?:支出|经费|预算|决算)中(?=.{3,}费$)|^.*领域中(?=.{3,})|^.{2,12}(?:核定|下达|转贷)我[省市县区州](?=.{4})|^.*、[^、]{2,8}等(?=[^大各其、]{2,}费(?:决算|支出|预算)*$)"
)
_COLLECTED = re.compile(r"^(全[市省区县州镇乡])(?:累计|共)?(?:完成|实现)(?=.{2,})")
_GENERIC = re.compile(
    r"^(?:预算)?(?:项目|设备|部分|资金|数|数额|总额|金额|车辆|人员|经费|预算|支出|收入|合计|总计|数量|费用|比例|采购金额|其他)$"
)
_HEAD_COUNT = re.compile(r"^(?:接待)?(?:人次|人数|批次)数?$")
# What stands before 的 and says whose money it is, not which.
_OWNER_MODIFIER = re.compile(
    r"(?:业务活动|涉及民生|拨款|安排|单位|机关|本级|局|院|厅|委|办|处|中心|部门|资金|列支|政府|范围|街道|学会|协会)$"
)
_TAILS = (
    re.compile(r"^(?P<keep>.{2,}?)(?:(?:年初|全年|调整后?)预算|(?:预算|决算|执行)数)数?$"),
    re.compile(r"^(?P<keep>.{2,}?)[（(]以[^（）()]*为准[)）]$"),
    re.compile(r"^(?P<keep>.*(?:费|费用|经费|(?<!基)金|支出|补贴|补助|购置|接待))(?:预算支出|支出预算|预算支出合计)$"),
    re.compile(r"^(?P<keep>.*(?:费|费用|经费|补贴|补助|购置|[^、]{2}支出|[^、]{3}拨款|[^、]{3}收入))(?:预算|决算)(?:总计|合计)?$"),
    re.compile(r"^(?P<keep>.*(?<!缴)(?:费|费用|经费|补贴|公积金))支出$"),
    re.compile(r"^(?P<keep>.*运行经费)财政拨款$"),
    re.compile(r"^(?P<keep>.*资金)(?:合计|总计|总额)$"),
    re.compile(r"^(?P<keep>.*经费”?)(?:(?:预算|决算|支出|收入)*(?:总额|总计|合计|总数|支出数)|合计支出|开支|总支出)$"),
    re.compile(r"^(?P<keep>.*费用?)(?:决算支出|支出决算)$"),
    re.compile(r"^(?P<keep>[“\"]三公[”\"]?经费[”\"]?)财政拨款(?:支出)?$"),
    re.compile(r"^(?P<keep>.*(?:支出|收入))类科目$"),
    re.compile(r"^(?P<keep>.*)科目$"),
)
_PHASE_ONLY = re.compile(
    r"^(?:(?:当年|年度|本年|全年|年初|调整后?|其)?(?:预算|决算|支出|执行|安排|实际)(?:预算|决算|支出|执行|安排|数|合计|总计|金额|总额)*|数|本年数"
    r"|合计|总计|小计|科目|年初|全年|共计|调整数|年预算数?|任务数|累计(?:支出|收入)|支出预算合计|预算支出合计)$"
)
_NOT_PHASE_ONLY = frozenset(
    ("支出预算", "支出合计", "支出总计", "支出预算合计", "支出预算总计", "本年支出合计", "本年支出")
)
_STAGE = re.compile(
    r"(?:年初|全年|调整后?|当年)?(?:预算执行|支出决算|收入决算|预算|决算|执行)数?(?=(?:安排|支出|合计|总计)*[为是达共约]*$)"
)
_CJK = re.compile(r"[一-鿿]")
_AFTER = re.compile(r"\s?([^，。；：、（）()“”\s\d]{1,24})")
_AFTER_CUT = re.compile(r"财政拨款|实行|开展|纳入|组成|进行|参加|全部|均|，|为|是|和|及|与|以及|等|的|，|中|共")
_COUNTED = frozenset("个家项辆台套名人件户处所间栋幢座艘架批种份册条位支")


def item_name(words: str, agency: str | None, modified: bool = False) -> str | None:
    """The item named by the words before a figure, with years, comparisons, owner and fillers taken away.

    None when nothing but such words is there (the figure then speaks of the item named before). `modified` keeps what
    stands before 的.
    """
    text = _FROM.sub("", _BELOW.sub("", re.sub(r"\s+", "", without_comparators(words))))
    text = without_numbering(_CONNECTIVES.sub("", without_numbering(text.lstrip("，、：:；。”’"))))
    text = _without_year(text)
    text = _without_owner(text, agency)
    text = _CONNECTIVES.sub("", _LEADING.sub("", _CONNECTIVES.sub("", text)))
    text = _without_owner(_ARRANGED.sub("", text), agency)
    text = _COLLECTED.sub(r"\1", _AMONG.sub("", _ADDED.sub("", text)))
    text = _named_in_brackets(_SPENT_ON.sub("", _TRAILING.sub("", text)))
    text = text if modified else _after_modifier(text)
    if is_phase_only(text):
        return None
    return _unquoted(_without_tail(text)) or None


def is_phase_only(text: str) -> bool:
    """Whether words name only a stage of the budget (全年预算, 支出决算) and no item."""
    if text in _NOT_PHASE_ONLY:
        return False
    return not _CJK.search(text) or len(text) < 2 or _PHASE_ONLY.match(text) is not None


def noun_after(after: str, unit: str) -> str | None:
    """The thing counted when it stands behind the count (12 个一级项目); None when it stands before it."""
    if unit[0] not in _COUNTED:
        return None
    match = _AFTER.match(after)
    if match is None:
        return None
    noun = _AFTER_CUT.split(match[1])[0]
    if _GENERIC.match(noun):
        noun = match[1][:14]
    return noun if len(noun) >= 2 and not noun.startswith(("以上", "以下", "左右")) else None


def noun_behind(after: str, direct: bool = False) -> str | None:
    """The item of an amount that stands behind it: 40 万元的办案费; `direct` wants no 的 between (40 万元办案费)."""
    match = re.match(rf"\s?的{'?' if direct else ''}([^，,。；;：、（）()\s\d]{{2,20}})", after)
    return _without_tail(match[1]) if match else None


def column_words(words: str) -> tuple[str, ...]:
    """The stage named beside a figure (全年预算, 支出决算, 预算执行数) as a column path; () for none."""
    text = _FROM.sub("", re.sub(r"\s+", "", without_comparators(words)))
    match = _STAGE.search(text)
    if match is None or match.group() in ("预算", "预算数") or not is_phase_only(match.group()):
        return ()
    return (match.group(),)


def _without_year(text: str) -> str:
    parts = _YEAR_WORDS.split(text)
    if len(parts) == 1:
        return re.sub(r"^.*本年度?(?=(?!支出合计|收入合计|支出$|收入$).{3,})", "", text)
    before, last = re.sub(r"(?:由|从|自)$", "", parts[-2]), re.sub("^[底末](?=[一-鿿]{2})", "", parts[-1])
    if _NAMES_MONEY.search(before) and is_phase_only(last):  # 公务接待费2031年预算
        return before
    last = re.sub(r"^[，、]", "", last)
    if before.endswith("的"):
        return before + last
    if before.endswith("在") and last.startswith("的"):  # 公务接待费在2031年度的支出
        return before[:-1]
    return last if _CJK.search(last) else before


def _without_owner(text: str, agency: str | None) -> str:
    text = re.sub(rf"^{_OWN}{_OWNER_TAIL}(?=..)", "", text)
    if agency is None:
        return text
    match = _alias(agency).match(text)
    return text[match.end() :] if match else text


@lru_cache(maxsize=256)
def _alias(agency: str) -> re.Pattern[str]:
    """The agency's name or a shortened form of it (省检察院 for 江苏省人民检察院), with what may follow it."""
    letters = "".join(f"{re.escape(c)}?" for c in agency[:-2])
    tail = re.escape(agency[-2:])
    return re.compile(rf"(?:中共)?(?=.{{0,{len(agency)}}}{tail}){letters}{tail}{_OWNER_TAIL}")


def _after_modifier(text: str) -> str:
    """机关运行经费 of 财政拨款的机关运行经费; a bare 项目 or 设备 keeps its modifier."""
    head, of, last = text.rpartition("的")
    if not of or head.count("“") > head.count("”") or head.count("（") > head.count("）"):
        return text
    if len(last) < 2 or _GENERIC.match(last):
        return text
    return last if _OWNER_MODIFIER.search(head) or len(text) > 24 else text


def is_head_count(name: str) -> bool:
    """Whether a count's name says only that heads or visits are counted, and not of what (接待人次, 人数)."""
    return _HEAD_COUNT.match(name) is not None


def is_generic(name: str) -> bool:
    """Whether a name says little without what modifies it (金额, 项目, 采购金额)."""
    return _GENERIC.match(name) is not None


def _named_in_brackets(text: str) -> str:
    """“三公”经费 of 公务接待费、公务用车费（“三公”经费）决算总额; the fund's name instead of 财政拨款运行经费 too."""
    match = _BRACKETED.match(text)
    if match and not match["tail"].startswith(("中", "的")):
        return f"{match['name']}{match['tail']}"
    return re.sub(r"^(?:一般公共预算)?(?:当年)?财政拨款(?=运行经费)", "机关", text)


def _without_tail(text: str) -> str:
    for tail in _TAILS:
        match = tail.match(text)
        if match and len(match["keep"]) >= 2 and not is_phase_only(match["keep"]):
            text = match["keep"]
    return text


def _unquoted(text: str) -> str:
    match = re.fullmatch(r"[“\"](?P<name>[^“”\"]+)[”\"]", text)
    if match:
        return match["name"]
    if text.count("”") > text.count("“"):
        return text.rstrip("”")
    return text.lstrip("“") if text.count("“") > text.count("”") else text
