"""The one door: what leaves the council's own figures is already disclosure-controlled, and nothing else reads counts.

The awkward fact: what an edition may show depends on every edition before it, for a reader remembers. So all of them
are laid side by side, the withdrawn ones too; a count that changed is a new unknown, one that did not is the same, and
from 9 to 10 is one more person: the step is protected like a count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations
from typing import TypeVar, cast

from local_figures import places, withheld
from local_figures.control.earlier import FEW, Pair, near
from local_figures.control.model import LARGEST, Bound, GivenAwayError, Hidden, Key, Sum, Table
from local_figures.control.protect import Progress, protect, unseen
from local_figures.scorecard import TEMPLATE as SCORECARD
from local_figures.scorecard import Measure, for_others, measures, with_drafts
from local_figures.shares import HIDDEN_MARK, Share, hidden_of_survey, returns, shares, survey
from local_figures.store import editions
from local_figures.store.editions import APPROVER, EDITOR, PARTNER, READER, Act, Edition, RefusedError
from local_figures.store.engine import Store
from local_figures.store.rows import StoredEdition, kept_editions
from local_figures.store.schema import APPROVED, DRAFT, PARTNERS, PRIVATE, PUBLIC
from local_figures.tabulate import REST as REST  # noqa: PLC0414 - pages name cells by it, and have it through the door
from local_figures.tabulate import Cell as Cell  # noqa: PLC0414
from local_figures.tabulate import Tabulated, days_taken, tabulated, weeks_returned
from local_figures.templates import Level as Level  # noqa: PLC0414
from local_figures.templates import Template, named, templates

SEES: Mapping[str, tuple[str, ...]] = {  # what whoever sees a level sees: its own editions and those for more people
    PRIVATE: (PRIVATE, PARTNERS, PUBLIC),
    PARTNERS: (PARTNERS, PUBLIC),
    PUBLIC: (PUBLIC,),
}
WHY_HIDDEN = tuple(why.value for why in Hidden)
LOOKED_BACK = 4  # editions that are searched for what was last told of a hidden count
Mask = tuple[tuple[str, ...], ...]
Line = Mapping[str, str]
One = TypeVar("One", StoredEdition, Edition)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure as it may be shown: its number, or the mark that stands in its place."""

    cell: Cell
    count: int | None
    whole: bool = False  # hidden with everything that hangs together with it, for no safe way was found in time
    before: tuple[int, int] | None = None  # of a hidden count: what was last told of it, and the edition that told it
    returned: tuple[int, int] | None = None  # of what weeks come to: how many have a return, and of how many
    days_taken: tuple[str, str] | None = None  # of what was taken from a system: the first and the last day of that

    @property
    def marker(self) -> str:
        """Return the mark of a hidden count, "" beside a shown one."""
        return HIDDEN_MARK if self.count is None else ""


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """What may be shown of one edition, and to whom; nothing at all where control found no safe way."""

    template: str
    number: int
    status: str
    level: Level  # who may see it: what stands on the page, in the file and on paper
    settled_at: str | None  # the moment of its approval, or of the last change of its level
    figures: tuple[Figure, ...]
    shares: tuple[Share, ...]
    withheld: bool
    hidden: Mapping[str, int] = field(default_factory=dict)  # how many figures are hidden, by the reason

    @property
    def whole(self) -> int:
        """Return how many figures are hidden with everything that hangs together with them."""
        return sum(figure.whole for figure in self.figures)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows of a template that its workspace's members read as they were typed, by their place in the edition."""

    template: str
    number: int | None  # None before the first edition
    status: str
    lines: Mapping[int, Line]


def lines(store: Store, act: Act, template: str) -> Rows:
    """Return the newest rows of a template that is read by row, drafts too, for a member; refused for any other."""
    edition, rows = editions.newest(store, act, template=template)
    if not named(template).read_by_row:
        raise RefusedError("local.refused.not_rows")
    return Rows(
        template=template,
        number=edition.number if edition else None,
        status=edition.status if edition else "",
        lines=rows,
    )


def show(store: Store, act: Act, template: str, *, level: Level = "private") -> Disclosure | None:
    """Return the newest edition approved for who asks, as control left it; None where there is none.

    A member sees every level, a partner those for partners and for anyone: a private edition is never before an older
    one that was approved for them. `level` asks for less than one may see: what partners see, what anyone may be given.
    """
    role, approved = editions.approved(store, act)
    _demand_counts(template)
    shown_before = _seen_by(role, level, [one for one in approved if one.template == template])[-1 - LOOKED_BACK :]
    of_edition = _seen_by(
        role, level, kept_editions(store, act.workspace, template, numbers=[one.number for one in shown_before])
    )
    return _as_shown(template, of_edition[-1], of_edition[-1].mask, older=of_edition[:-1]) if of_edition else None


def editions_on_show(store: Store, act: Act, *, level: Level = "private") -> dict[str, Edition]:
    """Return of each template the newest edition that may be seen, without its figures."""
    role, every = editions.approved(store, act)
    return {one.template: one for one in _seen_by(role, level, every)}


def _seen_by(role: str, level: Level, every: Sequence[One]) -> list[One]:
    """Return the approved editions that somebody of a role may see, oldest first, of a level or of one for more."""
    sees = set(SEES[PARTNERS if role == PARTNER else PRIVATE]) & set(SEES[level])
    return [one for one in every if one.status == APPROVED and one.level in sees]


def preview(store: Store, act: Act, template: str, number: int, *, progress: Progress = unseen) -> Disclosure:
    """Return what would be shown of a draft, for who brings in and who approves, and nobody else.

    Drafts are not held against each other. So of those that others brought one alone is looked at: two side by side
    would tell as much as two editions that were never made for each other.
    """
    if _allowed(store, act, template) not in (EDITOR, APPROVER):
        raise RefusedError("local.refused.role")
    drafts = (one for one in editions.editions(store, act) if one.template == template and one.status == DRAFT)
    of_others = [one.number for one in drafts if not one.has_rows_of(act.who)]
    if number in of_others and (beside := [other for other in of_others if other != number]):
        raise RefusedError("local.refused.two_drafts", number=beside[0])
    every = kept_editions(store, act.workspace, template)
    draft, mask, _ = _draft(template, number, every, progress)
    return _as_shown(template, draft, mask, older=_seen_by(READER, "private", every))


def approve(
    store: Store, act: Act, template: str, number: int, *, level: Level = "private", progress: Progress = unseen
) -> Disclosure:
    """Put a draft on show for whom `level` says, as control leaves it; refused where no safe way was found.

    All levels have one history: what is hidden is the same whoever may see it, beside every edition that anyone saw.
    So a level may be changed later, and whoever sees two levels at once can work out no more.
    """
    if _allowed(store, act, template) != APPROVER:
        raise RefusedError("local.refused.role")
    every = kept_editions(store, act.workspace, template)
    draft, mask, shown_before = _draft(template, number, every, progress)
    if mask is None or _hides_what_it_told(draft, mask):
        raise RefusedError("local.refused.given_away")
    editions.approve(store, act, template=template, number=number, mask=mask, beside=shown_before, level=level)
    approved = replace(draft, status=APPROVED, level=level, settled_at=act.at)
    return _as_shown(template, approved, mask, older=_seen_by(READER, level, every))


def _hides_what_it_told(draft: StoredEdition, mask: Mask) -> bool:
    """Tell whether an edition that was put back would forget something that it told before."""
    return draft.mask is not None and not {row[:-1] for row in mask} <= {row[:-1] for row in draft.mask}


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """The measures of an approved scorecard, as who asks may see them, and for whom it was approved."""

    number: int
    level: Level
    measures: tuple[Measure, ...]


def scorecard(store: Store, act: Act, *, level: Level = "private") -> Scorecard | None:
    """Return the newest scorecard approved for who asks; None where there is none.

    Nothing says which of its values add up, so no solver is asked: `withheld` hides what simple sums could give back.
    """
    role = editions.role(store, act)
    visible = _seen_by(role, level, kept_editions(store, act.workspace, SCORECARD))
    if not visible:
        return None
    every = measures(visible[-1].lines)
    is_ours = role != PARTNER and level == PRIVATE
    for_reader = every if is_ours else for_others(every, _gone(visible[-1]))
    return Scorecard(number=visible[-1].number, level=cast(Level, visible[-1].level), measures=for_reader)


def typed_scorecard(store: Store, act: Act) -> tuple[Rows, tuple[Measure, ...]]:
    """Return the newest rows of the scorecard and its measures, drafts marked, for a member of the workspace."""
    rows = lines(store, act, SCORECARD)
    every = measures(rows.lines)
    if rows.status != DRAFT:
        return rows, every
    on_show = scorecard(store, act)
    return rows, with_drafts(every, on_show.measures if on_show else ())


def preview_scorecard(store: Store, act: Act, number: int) -> tuple[Measure, ...]:
    """Return a draft of the scorecard as others would see it, for the members of its workspace."""
    if editions.role(store, act) == PARTNER:
        raise RefusedError("local.refused.role")
    draft, mask, _ = _draft_of_scorecard(number, kept_editions(store, act.workspace, SCORECARD))
    return for_others(measures(draft.lines), mask)


def approve_scorecard(store: Store, act: Act, number: int, *, level: Level) -> None:
    """Put a draft of the scorecard on show for whom `level` says, less what others may not see of it.

    As for counts, all levels have one history: what was told in any edition is what the next one is held against.
    """
    if editions.role(store, act) != APPROVER:
        raise RefusedError("local.refused.role")
    _, gone, beside = _draft_of_scorecard(number, kept_editions(store, act.workspace, SCORECARD))
    mask = tuple((*name, Hidden.SMALL.value) for name in sorted(gone))
    editions.approve(store, act, template=SCORECARD, number=number, mask=mask, beside=beside, level=level)


def _draft_of_scorecard(
    number: int, every: Sequence[StoredEdition]
) -> tuple[StoredEdition, frozenset[withheld.Name], int]:
    """Return a draft of the scorecard, what others may not see of it, and beside how many editions that were seen."""
    draft = _the_draft(number, every)
    shown_before = [one for one in every if one.mask is not None]
    return draft, withheld.hidden(draft.lines.values(), [_values_told(one) for one in shown_before]), len(shown_before)


def _values_told(edition: StoredEdition) -> dict[withheld.Name, Decimal]:
    """Return the values of an approved scorecard that others see."""
    gone = _gone(edition)
    named_lines = ((withheld.name_of(line), line) for line in edition.lines.values())
    return {name: Decimal(line["value"]) for name, line in named_lines if name not in gone}


def _gone(edition: StoredEdition) -> frozenset[withheld.Name]:
    """Return which values of an approved scorecard others do not see, and those that it does not have."""
    empty = {withheld.name_of(line) for line in edition.lines.values() if not line.get("value", "")}
    small = {
        withheld.name_of(line)
        for line in edition.lines.values()
        if line.get("value", "") and withheld.is_small(Decimal(line["value"]), line["unit"])
    }
    return frozenset({(row[0], row[1], row[2], row[3]) for row in edition.mask or ()} | empty | small)


def changes(before: Disclosure | None, now: Disclosure) -> tuple[tuple[Cell, Figure | None, Figure | None], ...]:
    """Return each cell that is new, gone, or told otherwise than in the edition before, both as they may be shown."""
    old = {figure.cell: figure for figure in before.figures} if before else {}
    new = {figure.cell: figure for figure in now.figures}
    different = (cell for cell in {*old, *new} if old.get(cell) != new.get(cell))
    return tuple((cell, old.get(cell), new.get(cell)) for cell in sorted(different))


def _allowed(store: Store, act: Act, template: str) -> str:
    """Return the role of who asks; refuse a stranger, and a template whose rows are for its workspace alone."""
    role = editions.role(store, act)
    _demand_counts(template)
    return role


def _demand_counts(template: str) -> None:
    if not templates()[template].may_be_shown:
        raise RefusedError("local.refused.not_counts")


def _draft(
    template: str, number: int, every: Sequence[StoredEdition], progress: Progress
) -> tuple[StoredEdition, Mask | None, int]:
    """Return a draft, what control hides of it (None where nothing is enough), and beside how many that were seen."""
    draft = _the_draft(number, every)
    shown_before = [one for one in every if one.mask is not None]
    return draft, controlled(template, draft, shown_before, progress=progress), len(shown_before)


def _the_draft(number: int, every: Sequence[StoredEdition]) -> StoredEdition:
    edition = next((one for one in every if one.number == number), None)
    if edition is None:
        raise RefusedError("local.refused.no_edition", number=editions.shortened(number))
    if edition.status != DRAFT:
        raise RefusedError("local.refused.not_draft", number=number)
    return edition


def controlled(
    template: str, draft: StoredEdition, shown_before: Sequence[StoredEdition], *, progress: Progress = unseen
) -> Mask | None:
    """Return the cells to hide of an edition, with reasons, beside those that were seen; None when it is withheld."""
    if not templates()[template].counts:
        return _controlled_survey(template, draft, shown_before)
    history = [(tabulated(templates()[template], one.lines), one.mask) for one in (*shown_before, draft)]
    names = _names([cells for cells, _ in history])
    public = _published_cells(templates()[template], history[-1][0])
    table = _together(history, names, public, near_hidden=_near_hidden(history, names, public))
    try:
        mask = protect(table, progress=progress)
    except GivenAwayError:
        return None
    now = names[-1]
    return tuple((*cell.key, mask[now[cell]].value) for cell in history[-1][0].counts if now[cell] in mask)


def _controlled_survey(template: str, draft: StoredEdition, shown_before: Sequence[StoredEdition]) -> Mask | None:
    """Return the rows of a survey to hide, or None where that is all of them."""
    form = templates()[template]
    before = [(one.lines.values(), _hidden_rows(template, one)) for one in shown_before]
    hidden = hidden_of_survey(form, draft.lines.values(), before)
    every = survey(form, draft.lines.values(), ())
    return tuple((*cell.key, Hidden.SMALL.value) for cell in sorted(hidden)) if len(hidden) < len(every) else None


def _hidden_rows(template: str, edition: StoredEdition) -> frozenset[Cell]:
    keys = {tuple(row[:-1]) for row in edition.mask or ()}
    every = survey(templates()[template], edition.lines.values(), ())
    return frozenset(share.cell for share in every if share.cell.key in keys)


def _names(history: Sequence[Tabulated]) -> list[dict[Cell, Key]]:
    """Return each edition's names of its cells: a cell whose count was had before has the name it had then."""
    values: dict[Cell, list[int]] = {}
    names = []
    for edition in history:
        named = {}
        for cell, count in edition.counts.items():
            had = values.setdefault(cell, [])
            if count not in had:
                had.append(count)
            named[cell] = (*cell.key, str(had.index(count)))
        names.append(named)
    return names


def _published_cells(template: Template, edition: Tabulated) -> frozenset[Cell]:
    """Return the cells of 5 and more that others publish: whoever reads both takes the others from them."""
    if template.published_in is None:
        return frozenset()
    return frozenset(
        cell
        for cell, count in edition.counts.items()
        if cell.months == 12
        and count > LARGEST
        and places.is_published(cell.area)
        and template.published_in in cell.category
    )


def _together(
    history: Sequence[tuple[Tabulated, Mask | None]],
    names: Sequence[Mapping[Cell, Key]],
    public: Collection[Cell] = (),
    *,
    near_hidden: Collection[Pair] = (),
) -> Table:
    """Return all editions as one table: what was told before is told, what was hidden before stays hidden.

    `public` are cells of the newest that a reader has from elsewhere, `near_hidden` its counts that are near what a
    hidden one of before may be, beside that one.
    """
    counts, sums, bounds = _added_up(history, names)
    told_before, past = _before(history, names)
    told_before |= {names[-1][cell] for cell in public}
    past = {key: why for key, why in past.items() if key not in told_before}
    few = {key for key, why in past.items() if why in FEW}
    now = set(names[-1].values())
    return Table(
        counts=counts,
        sums=sums,
        bounds=bounds,
        told_before=frozenset(told_before),
        past={key: why for key, why in past.items() if key not in now},
        steps=dict(_steps(counts, told_before, few, near_hidden)),
        kept_hidden=frozenset(new for _, new in near_hidden),
    )


def _added_up(
    history: Sequence[tuple[Tabulated, Mask | None]], names: Sequence[Mapping[Cell, Key]]
) -> tuple[dict[Key, int], tuple[Sum, ...], tuple[Bound, ...]]:
    """Return the counts of some editions, and how they add up."""
    counts: dict[Key, int] = {}
    sums: list[Sum] = []
    bounds: list[Bound] = []
    for (edition, _), name in zip(history, names, strict=True):
        counts |= {name[cell]: count for cell, count in edition.counts.items()}
        more_sums, more_bounds = edition.relations(name)
        sums += more_sums
        bounds += more_bounds
    return counts, tuple(dict.fromkeys(sums)), tuple(dict.fromkeys(bounds))


def _before(
    history: Sequence[tuple[Tabulated, Mask | None]], names: Sequence[Mapping[Cell, Key]]
) -> tuple[set[Key], dict[Key, Hidden]]:
    """Return which counts were told, and of those that an edition hid the newest reason."""
    told_before: set[Key] = set()
    hidden: dict[Key, Hidden] = {}
    for (edition, mask), name in zip(history, names, strict=True):
        if mask is not None:
            why = {tuple(row[:-1]): Hidden(row[-1]) for row in mask}
            told_before |= {name[cell] for cell in edition.counts if cell.key not in why}
            hidden |= {name[cell]: why[cell.key] for cell in edition.counts if cell.key in why}
    return told_before, hidden


def _near_hidden(
    history: Sequence[tuple[Tabulated, Mask | None]], names: Sequence[Mapping[Cell, Key]], public: Collection[Cell]
) -> frozenset[Pair]:
    """Return the counts of the newest edition that are near what a hidden one of before may be, beside that one."""
    told_before, past = _before(history, names)
    hidden = {key: why for key, why in past.items() if key not in told_before}
    of: dict[Key, list[Key]] = defaultdict(list)
    for key in hidden:
        of[key[:-1]].append(key)
    fresh = {names[-1][c]: n for c, n in history[-1][0].counts.items() if n > LARGEST and c not in public}
    pairs = {(one, new): n for new, n in fresh.items() if new not in told_before for one in of[new[:-1]]}
    if not pairs:
        return frozenset()
    counts, sums, bounds = _added_up(history[:-1], names[:-1])
    return near(Table(counts=counts, sums=sums, bounds=bounds, told_before=frozenset(told_before)), hidden, pairs)


def _steps(
    counts: dict[Key, int], told_before: Collection[Key], few: Collection[Key], near_hidden: Collection[Pair]
) -> Iterator[tuple[Key, tuple[Key, Key]]]:
    """Add and yield each small step between two counts of a cell, of which at most one was told before.

    A step from a count that no reader knows is small where it may be: from one of `few`, and of `near_hidden`. One
    from or to none is the other count itself.
    """
    values: dict[Key, list[Key]] = defaultdict(list)
    for name, count in counts.items():
        if count:
            values[name[:-1]].append(name)
    for cell, names in values.items():
        for one, other in combinations(sorted(names, key=counts.__getitem__), 2):
            step = counts[other] - counts[one]
            is_small = step <= LARGEST or (one in few and counts[other] <= 2 * LARGEST)
            if one in told_before and other in told_before:
                continue
            if is_small or (one, other) in near_hidden or (other, one) in near_hidden:
                key = (*cell, one[-1], other[-1], Hidden.STEP.value)
                counts[key] = step
                yield key, (other, one)


def _as_shown(
    template: str, edition: StoredEdition, mask: Mask | None, *, older: Sequence[StoredEdition] = ()
) -> Disclosure:
    form = templates()[template]
    why = {tuple(row[:-1]): row[-1] for row in mask or ()}
    counts = tabulated(form, edition.lines).counts if mask is not None and form.counts else {}
    before = _told_before(template, {cell for cell in counts if cell.key in why}, older)
    days = days_taken(form, edition.lines.values())
    returned = weeks_returned(form, edition.lines.values(), counts)
    return Disclosure(
        template=template,
        number=edition.number,
        status=edition.status,
        level=cast(Level, edition.level),
        settled_at=edition.settled_at,
        figures=tuple(
            Figure(
                cell=cell,
                count=None if cell.key in why else count,
                whole=why.get(cell.key) == Hidden.WHOLE.value,
                before=before.get(cell),
                returned=returned.get(cell),
                days_taken=days.get(cell),
            )
            for cell, count in sorted(counts.items())
        ),
        shares=_shares(form, edition, counts, why) if mask is not None else (),
        withheld=mask is None,
        hidden=Counter(row[-1] for row in mask or ()),
    )


def _shares(
    template: Template, edition: StoredEdition, counts: Mapping[Cell, int], why: Mapping[tuple[str, ...], str]
) -> tuple[Share, ...]:
    """Return the shares of an edition that may be told beside its counts."""
    lines = edition.lines.values()
    if not template.counts:
        return survey(template, lines, {share.cell for share in survey(template, lines, ()) if share.cell.key in why})
    visible = {cell: None if cell.key in why else count for cell, count in counts.items()}
    small = {cell for cell in counts if why.get(cell.key) == Hidden.SMALL.value}
    return (*shares(template, visible, small), *returns(template, lines))


def _told_before(template: str, cells: Collection[Cell], older: Sequence[StoredEdition]) -> dict[Cell, tuple[int, int]]:
    """Return what the newest of some older editions told of cells, and its number: those that the same reader sees."""
    counts_of: dict[Cell, tuple[int, int]] = {}
    for edition in reversed(older[-LOOKED_BACK:]):
        if len(counts_of) == len(cells):
            break
        hidden = {tuple(row[:-1]) for row in edition.mask or ()}
        for cell, count in tabulated(templates()[template], edition.lines).counts.items():
            if cell in cells and cell not in counts_of and cell.key not in hidden:
                counts_of[cell] = (count, edition.number)
    return counts_of
