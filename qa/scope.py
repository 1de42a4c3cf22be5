"""Which documents a question is about: agency, organisation, year and phase, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.corpus import Corpus, FactQuery, LabelKind
from ingest.records import Document, Phase
from qa.keys import label_key
from qa.plan import Abstain, Lack, Scope
from qa.question import Linked
from qa.slot import Slot

FEW = 12  # documents
SAME_AGENCY = 0.05  # agency names this close in score are all meant


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question leaves fixed for all its operands.

    `documents` are those of the asked agencies, all years; `years` and `phases` what the question names. `latest`
    picks documents for an operand; `strict_phase` says that only figures of the asked phase will do.
    """

    documents: tuple[Document, ...]
    years: tuple[int, ...] = ()
    phases: tuple[Phase, ...] = ()
    organisations: tuple[str, ...] = ()
    unit: str | None = None
    spent: bool = False

    def scope(self, years: Sequence[int] | None = None, organisations: Sequence[str] | None = None) -> Scope:
        """The scope of one operand: the documents of its year, or of the latest year, of each agency."""
        wanted = tuple(self.years if years is None else years)
        units = tuple(self.organisations if organisations is None else organisations)
        documents = self._for_years(wanted) if wanted else latest(self._for_phase(self.documents))
        return Scope(tuple(d.id for d in documents), units, wanted, self.phases, self.unit)

    def _for_years(self, years: Sequence[int]) -> tuple[Document, ...]:
        exact = tuple(d for d in self.documents if d.identity.year in years)
        chosen = self._for_phase(exact)
        after = tuple(d for d in self.documents if d.identity.year is not None and d.identity.year - 1 in years)
        return chosen or after or self.documents

    def _for_phase(self, documents: Sequence[Document]) -> tuple[Document, ...]:
        """Documents of the asked phase where there are any; a final account before a budget for money spent."""
        if self.phases:
            return tuple(d for d in documents if d.identity.phase in self.phases) or tuple(documents)
        first = Phase.ACTUAL if self.spent else Phase.BUDGET
        preferred = {_series(d) for d in documents if d.identity.phase is first}
        return tuple(d for d in documents if d.identity.phase is first or _series(d) not in preferred)


def _series(document: Document) -> tuple[str, int | None]:
    return document.identity.agency or document.id, document.identity.year


def latest(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Each agency's documents of its latest year."""
    newest: dict[str, int] = {}
    for document in documents:
        agency = document.identity.agency or document.id
        newest[agency] = max(newest.get(agency, 0), document.identity.year or 0)
    return tuple(d for d in documents if (d.identity.year or 0) == newest[d.identity.agency or d.id])


def set_scene(
    linked: Linked, slots: Sequence[Slot], corpus: Corpus, held: Sequence[Document], document: str | None = None
) -> Setting:
    """The documents, years, phases and organisations that the question as a whole names; `held` are all there are."""
    documents = tuple(held)
    forced = (document,) if document else linked.documents
    if forced:
        documents = tuple(d for d in documents if d.id in forced)
    asked = [s for s in slots if s.is_agency]
    if asked:
        documents = of_agencies(documents, asked) or documents
    organisations = organisation_names([s for s in slots if s.is_organisation])
    if organisations and len(documents) > 1:
        documents = holding_units(documents, organisations, corpus) or documents
    phases = linked.phases
    if Phase.BUDGET in phases and Phase.ADJUSTED not in phases:
        phases = (*phases, Phase.ADJUSTED)
    unit = linked.unit.symbol if linked.unit is not None and linked.unit.is_money else None
    return Setting(documents, absolute_years(linked, documents), phases, (), unit)


def holding_units(documents: Sequence[Document], organisations: Sequence[str], corpus: Corpus) -> tuple[Document, ...]:
    """The documents that have figures of some of the organisations."""
    query = FactQuery(organisations=organisations, figures_only=False)
    if len(documents) <= FEW:  # one row of each tells; of many documents one query for all is quicker
        return tuple(d for d in documents if corpus.facts(replace(query, documents=(d.id,), limit=1)))
    holding = {h.document for h in corpus.facts(query)}
    return tuple(d for d in documents if d.id in holding)


def of_agencies(documents: Sequence[Document], slots: Sequence[Slot]) -> tuple[Document, ...]:
    """The documents of the agencies that the slots name; names tied in score are all kept."""
    wanted: set[str] = set()
    for slot in slots:
        wanted |= {label_key(name) for name in agency_names(slot)}
    return tuple(d for d in documents if label_key(d.identity.agency or "") in wanted)


def agency_names(slot: Slot) -> tuple[str, ...]:
    """The agency a slot names, with any that fit as well."""
    best = slot.best(LabelKind.AGENCY)
    return tuple(n.text for n in slot.of(LabelKind.AGENCY) if n.score >= best - SAME_AGENCY)


def organisation_names(slots: Sequence[Slot]) -> tuple[str, ...]:
    """The organisations that slots name: for each the best, with any that fit as well."""
    names: list[str] = []
    for slot in slots:
        best = slot.best(LabelKind.ORGANISATION)
        names += [n.text for n in slot.of(LabelKind.ORGANISATION) if n.score >= best - 0.001]
    return tuple(dict.fromkeys(names))


def absolute_years(linked: Linked, documents: Sequence[Document]) -> tuple[int, ...]:
    """The years named, relative ones counted from the latest document's."""
    newest = max((d.identity.year for d in documents if d.identity.year is not None), default=None)
    relative = tuple(newest + offset for offset in linked.relative_years if newest is not None)
    return tuple(dict.fromkeys((*linked.years, *relative)))


def without_last_year(setting: Setting, linked: Linked) -> Setting:
    """The setting with only the years named in figures: "last year" is then what a change is measured from."""
    return replace(setting, years=tuple(y for y in linked.years))


def no_such_year(setting: Setting, corpus: Corpus) -> Abstain | None:
    """The abstention when a named year is neither a document's nor the one before, and no figure is of it."""
    held = {d.identity.year for d in setting.documents if d.identity.year is not None}
    near = held | {y - 1 for y in held}
    ids = tuple(d.id for d in setting.documents)
    far = [y for y in setting.years if y not in near]
    lacking = [y for y in far if not corpus.facts(FactQuery(documents=ids, years=(y,), limit=1))]
    if not held or not lacking:
        return None
    return Abstain(Lack.YEAR, tuple(str(y) for y in lacking), Scope(tuple(d.id for d in setting.documents)))
