"""How names vary: suffixes that change nothing, short forms of agencies, places before a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.keys import label_key
from qa.lexicon import Lexicon
from qa.roles import read_table

LOSSLESS_SUFFIX = 0.96  # 住房保障 for 住房保障支出
LOSSY_SUFFIX = 0.90  # 学术交流 for 学术交流活动
PLACE_OFF = 0.95  # 科技馆 for 绍兴科技馆
PLACE_LONGEST = 5  # characters; a longer stem holds more than one place
LAST_WORD = 0.88  # 服务中心 for 绍兴市科技工作者服务中心
SHORT_FORM = 0.95  # 市科协 for 绍兴市科学技术协会
CORE = 0.86  # 万里 for …万里街道办事处
_OF_TOWN = re.compile(r"[一-鿿]{2,4}(?:街道|镇|乡)(?=[一-鿿]{4,}$)(?!办事处|人民政府|政府)")  # whose centre a centre is
_LEVELS = "省市区县州旗盟镇乡"
_TOWN = re.compile(r"(?:^|人民政府)(?P<core>[一-鿿]{2,4})(?:街道|镇|乡)(?:办事处|人民政府)?$")
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_BODY = re.compile(r"^(?:人民政府|委员会|委)(?=.{3,})")
# A place before a name: up to its level; 社区, 城市, 乡镇 and the like are no levels.
_PLACE = re.compile(
    r"^(?P<stem>.{2,7}?)(?:自治区|自治州|新区|(?<![节])省|(?<![城都超门夜集])市|(?<![社园小地景校馆厂库城市辖])区|县|旗|盟"
    r"|(?<![城乡集])镇|(?<![城下])乡)(?=.{2,})"
)


class NameBook:
    """Variation rules over the lexicon's words. `agency_names` are the corpus's own, whose places it learns."""

    def __init__(self, lexicon: Lexicon, agency_names: Sequence[str] = ()) -> None:
        self._soft = _by_length(lexicon.section("soft", "zh"))
        self._lossy = _by_length(lexicon.section("soft_lossy", "zh"))
        self._stubs = frozenset(lexicon.section("stub", "zh"))
        self.branches = _by_length(lexicon.section("branch", "zh"))
        self._short = {label_key(a.full): tuple(label_key(s) for s in a.short) for a in lexicon.agencies}
        self._nouns = tuple(n for full, short in self._short.items() for n in (full, *short) if len(n) > 2)
        self.places = frozenset(place.chinese for place in lexicon.places)
        self.own_places = frozenset(p for name in agency_names for p in self.place_stems(label_key(name)))
        self._place_prefix = re.compile("^(?:" + "|".join(_by_length(self.places | self.own_places) or ("$^",)) + ")")

    # -- suffixes

    def base(self, key: str) -> str:
        """The key without a suffix that changes nothing (支出, 费用, 经费 …), where a name of its own stays."""
        for suffix in self._soft:
            if key.endswith(suffix) and self.may_stand_alone(key[: -len(suffix)]):
                return key[: -len(suffix)]
        return key

    def bases(self, key: str) -> Iterator[tuple[str, float]]:
        """The key's shorter forms with the score of each: lossless suffixes off, then lossy ones."""
        base = self.base(key)
        yield base, LOSSLESS_SUFFIX
        for suffix in self._lossy:
            if base.endswith(suffix) and self.may_stand_alone(base[: -len(suffix)]):
                yield base[: -len(suffix)], LOSSY_SUFFIX
                return

    def may_stand_alone(self, base: str) -> bool:
        """Whether a shortened form still names something (学术交流 does, 其他 does not)."""
        return len(base) >= 2 and base not in self._stubs

    def placeless(self, key: str) -> str:
        """An organisation's key without the party and places at its head."""
        rest = _PARTY.sub("", key)
        while (shorter := self._strip_place(rest)) is not None:
            rest = shorter
        return rest

    # -- organisations

    def organisation_variants(self, key: str) -> Iterator[tuple[str, float]]:
        """Shorter ways to say an organisation's key: place and party off, short forms, its branch word alone."""
        seen = {key}
        forms = [key]
        bare = _PARTY.sub("", key)
        if bare != key:
            forms.append(bare)
        for form in (key, bare):
            forms.extend(self._without_places(form))
        forms.extend(self._without_levels(key))
        for form in tuple(forms):
            forms.extend(self._shortened(form))
        for form in tuple(forms):
            forms.extend(_in_fewer_words(form))
        forms += [b for b in self.branches if key.endswith(b) and len(key) > len(b) + 1]
        for form in forms:
            if len(form) >= 2 and form not in seen:
                seen.add(form)
                yield form, PLACE_OFF if form in key else SHORT_FORM
        for noun in self._nouns:
            if key.endswith(noun) and noun not in seen:
                yield noun, LAST_WORD
        core = self.core(key)
        if core is not None and core not in seen:
            yield core, CORE

    def core(self, key: str) -> str | None:
        """What tells a street office or a town's government from the others: 万里 of 万里街道办事处."""
        match = _TOWN.search(self.placeless(key))
        return match["core"] if match else None

    def _without_places(self, key: str) -> Iterator[str]:
        rest = key
        while (shorter := self._strip_place(rest)) is not None:
            if (level := rest[len(rest) - len(shorter) - 1]) in _LEVELS:
                yield level + shorter
            yield shorter
            rest = shorter
        if (body := _BODY.match(rest)) is not None:
            yield rest[body.end() :]
        if (town := _OF_TOWN.match(rest)) is not None:
            yield rest[town.end() :]

    def _without_levels(self, key: str) -> Iterator[str]:
        """The key with its place but without the place's level: 绍兴科协 for 绍兴市科协."""
        match = _PLACE.match(key)
        if match is not None and len(match["stem"]) < PLACE_LONGEST:
            yield match["stem"] + key[match.end() :]

    def _strip_place(self, key: str) -> str | None:
        named = self._place_prefix.match(key)
        if named is not None:
            rest = key[named.end() :]
            if rest[:1] in tuple(_LEVELS) and len(rest) > 2:
                rest = rest[1:]
            return rest if len(rest) >= 2 else None
        general = _PLACE.match(key)
        return key[general.end() :] if general is not None else None

    def _shortened(self, key: str) -> Iterator[str]:
        for full, shorts in self._short.items():
            said = max((f for f in (full, *shorts) if key.endswith(f) and len(f) > 2), key=len, default="")
            if full in key:
                yield from (key.replace(full, short) for short in shorts)
            elif said:  # an agency that calls itself by one short form (文化和旅游局) goes by the others too
                yield from (key.removesuffix(said) + short for short in shorts if short != said)

    def place_stems(self, key: str) -> tuple[str, ...]:
        """Places named at the head of an organisation's key, without their level: 绍兴市… gives 绍兴."""
        stems: list[str] = []
        rest = _PARTY.sub("", key)
        while (match := _PLACE.match(rest)) is not None:
            stems.append(match["stem"])
            rest = rest[match.end() :]
        stems.extend(p for p in self.places if rest.startswith(p) and len(rest) > len(p) + 1)
        return tuple(stems)


def _in_fewer_words(key: str) -> Iterator[str]:
    """A unit's key with its longest long word said short: 农技推广中心 for 农业技术推广中心, 一中 for 第一中学."""
    words = [(full, short) for full, short in read_table("unit_words.tsv") if full in key]
    longest = max((len(full) for full, _ in words), default=0)
    for full, short in words:
        if len(full) == longest:
            yield from (key.replace(full, s) for s in short.split("|"))


def _by_length(words: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda w: (-len(w), w)))
