"""What a page shows as one block: a figure with everything it may not be shown without, or the honest lack of one.

The awkward fact: a chart travels. It is copied into slides without its page, so title, caveat, table and
source belong to the figure itself, and one cannot be made without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeAlias, overload

from dashboard import caveats, memory
from dashboard.caveats import Caveat
from dashboard.charts import Drawing, RankedDots, SmallMultiples, TimeLine
from dashboard.charts.plotly import ONE_WIDTH, Plot, plot, plots
from dashboard.charts.scale import are_whole
from dashboard.charts.spec import drawn_values, has_few, stretches
from dashboard.i18n import Language
from dashboard.i18n import text as wordings
from dashboard.i18n.people import FEWEST
from dashboard.i18n.text import W, Wording, each
from dashboard.memory import Same
from dashboard.model import ALL_YEARS, Area, Observation, Source, Years

READ = 2_048  # things remembered as they are read: two languages of every figure that blocks remember
Cell: TypeAlias = W | str | float | None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What figures are asked about, in no language: a place and those beside it, some years, a build.

    `at` is the last day of the period that a map or a rank is wanted of, None the newest; `unit` is as what its numbers
    are wanted, "rate" or "share", and "" as they are counted.
    """

    place: Area
    build: str
    beside: tuple[Area, ...] = ()
    years: Years = ALL_YEARS
    at: date | None = None
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class View(Subject):
    """Who is looking at what: a subject, the language it is read in, and the day after which a release is news."""

    lang: Language
    since: date | None = None

    @property
    def subject(self) -> Subject:
        """What is looked at, whoever looks."""
        return Subject(
            place=self.place, build=self.build, beside=self.beside, years=self.years, at=self.at, unit=self.unit
        )


@dataclass(frozen=True, kw_only=True)
class Column(Generic[W]):
    """One column of a table; those not `is_shown` on the page still stand in the downloads.

    The cells of a column of the kind "date" are days in ISO: files write them as days, which a pivot table can group.
    Those of the kind "written" are texts, numbers with their words: they are read as numbers, and files hold texts.
    """

    key: str
    label: W | str
    kind: Literal["text", "number", "date", "written"] = "text"
    decimals: int = 0
    signed: bool = False
    is_shown: bool = True


@dataclass(frozen=True, kw_only=True)
class Table(Generic[W]):
    """The rows behind a figure: exact numbers, not yet formatted; None only where a marker column says why.

    The awkward fact: most are folded away, and few readers open one. So a table may be made `later`, when somebody
    looks at its columns or rows, and is read in a language no sooner.
    """

    columns: tuple[Column[W], ...]
    rows: tuple[tuple[Cell[W], ...], ...]

    def __post_init__(self) -> None:
        """Refuse a row that is longer or shorter than the columns: its cells would stand under others' names."""
        if set(map(len, self.rows)) - {len(self.columns)}:
            strange = next(row for row in self.rows if len(row) != len(self.columns))
            names = ", ".join(column.key for column in self.columns)
            raise ValueError(f"expected cells for {names} in every row of a table; came {len(strange)}: {strange!r}")

    @classmethod
    def later(cls, make: Callable[[], Table[W]], *, areas: Mapping[Wording, str] | None = None) -> Table[W]:
        """Return the table that `make` makes once it is looked into; ValueError then where it has no rows.

        `areas` are the codes of those that its rows are of by their names, where that is known without them.
        """

        def table_with_rows() -> Table[W]:
            table = make()
            if not table.rows:
                raise ValueError("expected rows in a table that was to be made later; came none")
            return table

        return cls._put_off(table_with_rows, areas)

    @classmethod
    def _put_off(cls, make: Callable[[], Table[Any]], areas: Mapping[Wording, str] | None) -> Table[Any]:
        table = cls.__new__(cls)
        vars(table).update(_make=make, _areas=areas)
        return table

    if not TYPE_CHECKING:  # which would take any name for an attribute

        def __getattr__(self, name: str) -> Any:
            """Make a table that was put off; AttributeError for what no table has."""
            make, own = vars(self).get("_make"), vars(self)
            if name in ("columns", "rows") and make:
                table = make()
                own.update(columns=table.columns, rows=table.rows)
                own.pop("_make", None)
            if name not in own:  # somebody else may have made it meanwhile
                raise AttributeError(f"expected a part of a table; came {name!r}")
            return own[name]

    @property
    def is_made(self) -> bool:
        """Whether its rows are there already."""
        return "_make" not in vars(self)

    def read_in(self, lang: Language) -> Table:
        """Return the table as it is read in a language, once somebody looks into it."""
        areas = vars(self).get("_areas")
        return self._put_off(
            lambda: Table(columns=wordings.in_language(self.columns, lang), rows=wordings.in_language(self.rows, lang)),
            None if areas is None else {wordings.written(name, lang): code for name, code in areas.items()},
        )

    def areas(self) -> Mapping[Wording, str]:
        """Return the codes of the areas that its rows are of by their names; none where rows do not say of which."""
        early: Mapping[Wording, str] | None = vars(self).get("_areas")
        if early is not None:
            return early
        if not (self.holds("area") and self.holds("area_code")):
            return {}
        codes: dict[Any, str] = {
            name: str(code) for name, code in zip(self.cells("area"), self.cells("area_code"), strict=True)
        }
        return codes

    @classmethod
    def of(cls, columns: Iterable[Column[W]], rows: Iterable[Mapping[str, Cell[W]]]) -> Table[W]:
        """Return the table of rows that name their cells; KeyError for a column that one of them lacks."""
        every = tuple(columns)
        first, *others = (column.key for column in every)
        cells = itemgetter(first, *others, first)  # which gives a tuple of two and more alone
        return cls(columns=every, rows=each(rows, lambda row: cells(row)[:-1]))

    def at(self, key: str) -> int:
        """Return the place of a column in every row; KeyError with the columns there are."""
        names = [column.key for column in self.columns]
        if key not in names:
            raise KeyError(f"expected one of the columns {', '.join(names)}; came {key!r}")
        return names.index(key)

    def holds(self, key: str) -> bool:
        """Tell whether there is a column of this name."""
        return any(column.key == key for column in self.columns)

    def cells(self, key: str) -> tuple[Cell[W], ...]:
        """Return what stands in a column, from the top."""
        at = self.at(key)
        return tuple(row[at] for row in self.rows)

    def without_empty(self, *keys: str) -> Table[W]:
        """Return the table without those of the columns called `keys` in which nothing stands in any row."""
        empty = {key for key in keys if not any(cell not in (None, "") for cell in self.cells(key))}
        left = [at for at, column in enumerate(self.columns) if column.key not in empty]
        columns = tuple(self.columns[at] for at in left)
        return replace(self, columns=columns, rows=each(self.rows, lambda row: tuple(row[at] for at in left)))

    def followed_by(self, *others: Table[W]) -> Table[W]:
        """Return these rows and those of other tables below them; ValueError where their columns are not these."""
        names = [column.key for column in self.columns]
        for other in others:
            theirs = [column.key for column in other.columns]
            if theirs != names:
                raise ValueError(f"expected rows with the columns {', '.join(names)}; came {', '.join(theirs)}")
        return replace(self, rows=(*self.rows, *(row for other in others for row in other.rows)))

    def beside(
        self, columns: Iterable[Column[W]], cells: Iterable[tuple[Cell[W], ...]], *, after: str = ""
    ) -> Table[W]:
        """Return the table with more columns, behind the one called `after` or last, and the cells of each row."""
        at = self.at(after) + 1 if after else len(self.columns)
        rows = tuple((*row[:at], *new, *row[at:]) for row, new in zip(self.rows, cells, strict=True))
        return Table(columns=(*self.columns[:at], *columns, *self.columns[at:]), rows=rows)


@dataclass(frozen=True, kw_only=True)
class Figure(Generic[W]):
    """A chart with its finding, its words, its rows and its sources; `code` names it in links and files.

    `newest` are the newest published figures drawn, of what is counted alone: not the people a rate is per. `age` is
    what the subtitle says of theirs, for files that have no subtitle; "" where they are up to date. `refused` are the
    sentences about who does not stand beside, which end its sentence, and `own_sentence` is what comes before them.
    `people` are those that the title counts, where that is a sum of figures and not the newest ones. `mark` says who
    may see it, "" where everybody may. `is_of_years` is true of one that is drawn of the years chosen.
    """

    code: str
    title: W | str
    subtitle: W | str
    chips: tuple[W | str, ...]
    drawing: Drawing[W]
    alt: W | str
    sentence: W | str
    caveats: tuple[Caveat[W], ...]
    table: Table[W]
    sources: tuple[Source, ...]
    config: dict[str, Any] = field(default_factory=dict)
    newest: tuple[Observation, ...] = ()
    age: W | str = ""
    own_sentence: W | str = ""
    refused: tuple[W | str, ...] = ()
    people: float | None = None
    mark: W | str = ""
    is_of_years: bool = False

    def __post_init__(self) -> None:
        """Refuse a figure without its words, rows or sources; a chart of fewer than five people has the key to them."""
        if isinstance(self.drawing, TimeLine | SmallMultiples | RankedDots) and has_few(self.drawing):
            words: Any = self.drawing.few or wordings.say(_few_key(self.drawing))
            object.__setattr__(self, "drawing", replace(self.drawing, few=words))
        needed: dict[str, object] = {
            "title": self.title,
            "subtitle": self.subtitle,
            "alt": self.alt,
            "sentence": self.sentence,
        }
        rows = self.table.rows if self.table.is_made else True  # a table that is made later refuses to be empty itself
        needed |= {"caveats": self.caveats, "rows": rows, "sources": self.sources}
        empty = [name for name, value in needed.items() if not value]
        if empty:
            raise ValueError(f"figure {self.code}: expected {', '.join(empty)}; came nothing")

    @property
    def caveat_texts(self) -> tuple[W | str, ...]:
        """What it does not tell, in words."""
        return tuple(one.text for one in self.caveats)

    def told_at_once(self, most: int) -> tuple[W | str, ...]:
        """Return what stands with it at first sight: its `most` heaviest caveats, and what the letters on it mean."""
        return tuple(one.text for one in caveats.at_once(self.caveats, most=most))

    @cached_property
    def has_chart(self) -> bool:
        """Whether a chart is shown: not of counts that never pass five, nor where none may be told."""
        values = [value for value in drawn_values(self.drawing) if value is not None]
        if self.mark and not values and isinstance(self.drawing, TimeLine | SmallMultiples | RankedDots):
            return False  # all are held back
        return not are_whole(values) or max(map(abs, values)) > FEWEST

    @property
    def plot(self: Figure) -> Plot:
        """The drawing as Plotly takes it, for the narrowest telephone."""
        return plot(self.drawing)

    @property
    def plots(self: Figure) -> tuple[Plot, Plot]:
        """The drawing for the narrowest telephone, and what of its layout is otherwise on a wide page."""
        if isinstance(self.drawing, ONE_WIDTH):
            return self.plot, {}
        narrow, wide = plots(self.drawing)
        usual = narrow["layout"]
        return narrow, {name: value for name, value in wide["layout"].items() if value != usual.get(name)}


@dataclass(frozen=True, kw_only=True)
class NotHeld(Generic[W]):
    """A figure people will look for that is not held: why, and where it can be had. Never an estimate."""

    code: str
    title: W | str
    reason: W | str
    how: W | str
    url: str
    url_label: W | str


@dataclass(frozen=True, kw_only=True)
class Summary(Generic[W]):
    """A small table that is read on its own, without a chart: its caption, rows, sources and what it does not tell.

    `newest` are the published figures it stands for, where whoever draws it says from when they are.
    """

    code: str
    caption: W | str
    table: Table[W]
    sources: tuple[Source, ...]
    notes: tuple[W | str, ...] = ()
    newest: tuple[Observation, ...] = ()

    # What a file of rows asks of a figure too.
    subtitle: ClassVar[str] = ""
    sentence: ClassVar[str] = ""
    age: ClassVar[str] = ""

    @property
    def title(self) -> W | str:
        """Its caption."""
        return self.caption

    @property
    def caveat_texts(self) -> tuple[W | str, ...]:
        """What it does not tell."""
        return self.notes


def _few_key(drawing: Drawing[Any]) -> str:
    """Return the key of what a chart's boxes mean: so many people, a fall of as many, or either."""
    falls = {high < 0 for _, high in stretches(drawing)}
    if len(falls) == 2:
        return "chart.few_more_or_less"
    return "chart.few_less" if True in falls else "chart.few"


Block: TypeAlias = Figure[W] | NotHeld[W]


@overload
def in_language(thing: Figure[Wording], lang: Language) -> Figure: ...


@overload
def in_language(thing: NotHeld[Wording], lang: Language) -> NotHeld: ...


@overload
def in_language(thing: Summary[Wording], lang: Language) -> Summary: ...


@overload
def in_language(thing: Table[Wording], lang: Language) -> Table: ...


@overload
def in_language(thing: Any, lang: Language) -> Any: ...


def in_language(thing: Any, lang: Language) -> Any:
    """Return a figure, card or table as it is read in a language, the same object each time it is asked for.

    What carries a mark is remembered by nobody: not all may see it.
    """
    if getattr(thing, "mark", "") or (isinstance(thing, Table) and thing.holds("mark")):
        return wordings.in_language(thing, lang)
    return _read(Same(thing), lang)


@memory.remembered(most=READ)
def _read(same: Same[Any], lang: Language) -> Any:
    return wordings.in_language(same.thing, lang)
