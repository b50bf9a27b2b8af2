"""What is already known when a table is read: people, orders, invoices, months; by what their spellings share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, same
from kpa_model.files.book.dates import read_month
from kpa_model.files.book.dictionaries import Dictionary, dictionaries, table_named
from kpa_model.files.book.grids import Grid, header_rank
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.vocabulary import pattern, word_set

FIRST_NAMES = {"prenom", "firstname", "prenoms", "fname", "givenname", "forename"}
LAST_NAMES = {"nom", "lastname", "nomdefamille", "lname", "surname", "familyname"}
"""Titles of two columns that make one name, in their bare form."""
LOGINS = {"user", "username", "login", "utilisateur", "identifiant", "employee"}
WHOLE_NAMES = {"name", "fullname", "nomcomplet", "displayname"}
"""Titles of two columns that may say the same people, short and whole."""
_TIMES = ("", "duree", "dureeen", "temps", "tempsen", "tempspasse")
HOURS = {f"{time}{unit}" for time in _TIMES for unit in ("heures", "heure", "h", "hrs", "hours")}
HOURS |= {"nbheures", "nombredheures"}
MINUTES = {f"{time}{unit}" for time in _TIMES for unit in ("minutes", "minute", "min", "mn", "mins")}
MINUTES |= {"nbminutes", "nombredeminutes"}
"""Titles of two columns that make one time, in their bare form."""
WHOSE = word_set("context.whose")
"""Titles of a column that says whose a line is, in their bare form."""
SPENT = pattern("context.spent", r"(WORDS)\b(?!.*\b(port|livraison|factur[ée]e?s?|date|le)\b)", re.IGNORECASE)
"""What a title of purchases starts with; « Frais de port » is asked of a customer, « Achats payés le » is a day."""
_SAMPLE = 120
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


COURTESY = {"m", "mme", "mr", "mlle", "monsieur", "madame", "mademoiselle"}
PARTICLES = {"le", "la", "les", "l", "de", "du", "des", "d", "van", "von", "der", "ben", "bin", "el", "al", "di", "da"}


def without_courtesy(name: str) -> str:
    """Return a whole name without its title of courtesy; a family name alone keeps it.

    >>> without_courtesy("Mme Odile Marchand"), without_courtesy("M. Le Goff"), without_courtesy("M Besson")
    ('Odile Marchand', 'M. Le Goff', 'M Besson')
    """
    title, _, rest = name.partition(" ")
    whole = len([word for word in rest.split() if bare(word) not in PARTICLES]) > 1
    return rest.strip() if whole and bare(title) in COURTESY else name


@dataclass(frozen=True)
class Context:
    """The names that other tables hold, each by its `same` form."""

    people: Mapping[str, str]
    orders: Mapping[str, str]
    invoices: Mapping[str, str]
    years: tuple[int, ...] = ()
    sold: bool = False
    """Tell whether another table of the import gives the invoices: prices of orders are then those of invoices."""

    customers: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    """To whom invoices are, and what they say is sold, by what their spellings share."""

    def is_person(self, text: str) -> bool:
        """Tell whether a text is the name of somebody known."""
        return bool(text) and same(text) in self.people

    def sells_to(self, cells: Sequence[Cell]) -> bool:
        """Tell whether half of some cells at least are customers of the invoices."""
        sample = cells[:: max(1, len(cells) // _SAMPLE)] if self.customers else ()
        return 2 * sum(same(as_text(cell)) in self.customers for cell in sample) >= len(sample) > 0

    def person_in(self, texts: Iterable[str]) -> str:
        """Return the one known person whom a name of sheet, or a text above a table, speaks of."""
        for text in texts:
            words = f" {_worded(text)} "
            found = {name for key, name in self.people.items() if f" {_worded(key)} " in words}
            if len(found) == 1:
                return found.pop()
        return ""

    def month_in(self, texts: Iterable[str]) -> CalendarMonth | None:
        """Return the month that a name of sheet, or a text above a table, speaks of; its year may stand elsewhere."""
        months = self.months_in(texts)
        again = [each for each in months[1:] if each.index % 12 == months[0].index % 12]
        return months[0] if months and not again else None

    def months_in(self, texts: Iterable[str]) -> list[CalendarMonth]:
        """Return the months that texts speak of, the first one first; one without its year, in each known one."""
        texts = [_without_days(text) for text in texts]
        years = sorted({int(found) for text in texts for found in _YEAR.findall(text)} or {*self.years})
        months: dict[CalendarMonth, None] = {}
        for text in texts:
            for start, end in _MONTH_LIKE:
                found = [month for each in re.findall(start, text, re.IGNORECASE) for month in _read(each, end, years)]
                months |= dict.fromkeys(found)
                if found:
                    break
        return list(months)


def _read(said: str, whole: bool, years: Iterable[int]) -> Iterable[CalendarMonth]:
    """Yield a month as it is said, whole, or in each of some years."""
    for each in [said] if whole else [f"{said} {year}" for year in years]:
        try:
            yield read_month(re.sub(r"[_.]", " ", each))
        except Refused:
            continue


_DAY = re.compile(r"(?<!\d)(\d{1,2})[-_/.](\d{1,2})[-_/.](20\d\d)(?!\d)")


_ISO_DAY = re.compile(r"(?<!\d)(20\d\d)[-_/.](\d\d)[-_/.](\d\d)(?!\d)")


def _without_days(text: str) -> str:
    """Return a text whose days are told as their one month, « 03_01_2026-03_31_2026 »; without them when none fits."""
    iso = {(int(year), int(month)) for year, month, day in _ISO_DAY.findall(text) if int(day) <= 31}
    if len(_ISO_DAY.findall(text)) > 1 and all(1 <= month <= 12 for _, month in iso):
        return _ISO_DAY.sub(" ", text) + "".join(f" {year}-{month:02d}" for year, month in iso if len(iso) == 1)
    days = [(int(first), int(second), int(year)) for first, second, year in _DAY.findall(text)]
    if not days:
        return text
    ways = ([(a, b, year) for a, b, year in days], [(b, a, year) for a, b, year in days])  # the day first, as here
    told = [way for way in ways if all(1 <= day <= 31 and 1 <= month <= 12 for day, month, _ in way)][:1]
    months = {(year, month) for way in told for _, month, year in way}
    one = f" {min(months)[0]}-{min(months)[1]:02d}" if len(months) == 1 else ""
    return _DAY.sub(" ", text) + one


def _worded(text: str) -> str:
    """Return the words of a text, without what stands between them: « Awa_S. » is « awa s »."""
    return same(re.sub(r"[^\w’' -]|_", " ", text)).strip()


NOBODY = Context({}, {}, {})
"""What is known before anything is read."""

NAMES = (
    "janv(?:ier)?|f[ée]v(?:r(?:ier)?)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t|sept(?:embre)?|oct(?:obre)?"
    "|nov(?:embre)?|d[ée]c(?:embre)?"
)
"""The months in letters, whole or short."""
_NO_MONTH = ("trimestre", "trim", "quarter", "semestre", "semaine", "week", "sem", "bimestre", "n°", "lot", "version")
_OF_A_PERIOD = "".join(rf"(?<!{word}[\s_.-])" for word in _NO_MONTH)
"""« T2 2026 », « trimestre 2 2026 », « n° 2 2026 »: the number is not that of a month."""
_MONTH_LIKE = (
    (rf"(?<![^\W\d_])((?:{NAMES})\.?[ _-]?(?:20)?\d\d)(?!\d)", True),
    (rf"{_OF_A_PERIOD}(?<![^\W_])((?:0?[1-9]|1[0-2])[-/_ .]20\d\d)(?!\d)", True),
    (r"(?<!\d)(20\d\d[-/_ .](?:0[1-9]|1[0-2]))(?!\d)", True),
    (rf"(?<![^\W\d_])({NAMES})(?![^\W\d_])", False),
)


_A_MONTH = re.compile(
    rf"(?<![^\W\d_])(?:{NAMES})\.?(?![^\W\d_])"
    r"|(?<!\d)(?:(?:0?[1-9]|1[0-2])[-_ .])?20\d\d(?:[-_ .](?:0[1-9]|1[0-2]))?(?!\d)",
    re.IGNORECASE,
)


def timeless(text: str) -> str:
    """Return the bare form of a title or of a name without its month and year, which change from one file to the next.

    >>> timeless("Heures juin") == timeless("heures juillet"), timeless("sven_2026-04"), timeless("Mars")
    (True, 'sven', 'mars')
    """
    return bare(_A_MONTH.sub(" ", text)) or bare(text)


def table_topic(grid: Grid) -> str:
    """Return the topic of what a list holds, sold or bought: its own, others of the same titles may hold the other."""
    return f"table.{re.sub(r'[0-9]{4,}', '', bare(_A_MONTH.sub(' ', grid.name)))}"


_OF_MONTH = re.compile(rf"(?:{NAMES})?\.?[ _-]?\d{{0,4}}", re.IGNORECASE)


def called(grid: Grid) -> str:
    """Return the name of a sheet; that of its file when it only says a month, a year, « 2026 »."""
    of_file = grid.sheet and _OF_MONTH.fullmatch(grid.sheet.strip())
    return PurePosixPath(grid.file).stem if of_file else grid.name


def named_as(grid: Grid, known: Mapping[str, Dictionary]) -> str:
    """Return the table that a sheet is named after; its file when the sheet only says a month, « janv », « 2026 »."""
    said = table_named(grid.name, known) or table_named(called(grid), known)
    if said == "cooperative" and _holds_table(grid):  # « fiche septembre » is a sheet of hours
        return ""
    return "heures" if said == "declarations" and _tells_time(grid, dictionaries()["heures"]) else said  # « Mois 09 »


def _holds_table(grid: Grid) -> bool:
    """Tell whether titles of a table stand on a line, or lines begin with a number or a day: no fields, then."""
    own, *tables = sorted(dictionaries().values(), key=lambda each: each.table != "cooperative")
    titles = {"total", *(title for each in tables for title in each.titles)}
    filled = [[text for each in cells if (text := as_text(each))] for _, cells in grid.lines]
    if {"champ", *(bare(each.name) for each in own.columns[1:-1])} & {bare(texts[0]) for texts in filled}:
        return False
    titled = (len(titles & {*map(bare, texts)}) > 1 for texts in filled)
    return any(titled) or sum(bool(re.search(r"\d", texts[0])) for texts in filled) > 1


def _tells_time(grid: Grid, hours: Dictionary) -> bool:
    """Tell whether titles of a grid lead to a day and to the time of work."""
    rank = header_rank(grid, frozenset(hours.titles))
    titles = grid.lines[rank][1] if rank is not None else []
    leads = {found.name for each in titles if as_text(each) and (found := column_of(as_text(each), hours))}
    return {"date", "duree"} <= leads


def context_of(grids: Mapping[str, Iterable[Grid]], known: Mapping[str, Dictionary], base: Context = NOBODY) -> Context:
    """Return what the tables already recognised say, before their cells are read, beside what was known before."""
    found = {"personne": {**base.people}, "commande": {**base.orders}, "facture": {**base.invoices}}
    years: set[int] = set()
    people = "personnes" if grids.get("personnes") or base.people else "heures"
    for table, column in ((people, "personne"), ("commandes", "commande"), ("factures", "facture")):
        for grid in grids.get(table, ()):
            for text in _texts(grid, column, known[table]):
                found[column].setdefault(same(text), text)
                found[column].setdefault(same(without_courtesy(text)), text)
    for table in ("factures", "encaissements", "heures", "commandes"):
        for grid in grids.get(table, ()):
            years.update(int(year) for text in _texts(grid, "date", known[table]) for year in _YEAR.findall(text))
    bills = [*grids.get("factures", ())]
    customers, services = (
        frozenset(same(text) for grid in bills for text in _texts(grid, column, known["factures"]))
        for column in ("client", "libelle")
    )
    told = (customers | base.customers, services | base.services)
    years_known = tuple(sorted(years)) or base.years
    return Context(found["personne"], found["commande"], found["facture"], years_known, base.sold, *told)


def untitled_customers(grid: Grid, context: Context, dictionary: Dictionary) -> bool:
    """Tell whether a column whose title leads to nothing names customers of the invoices."""
    rank = header_rank(grid, frozenset(dictionary.titles))
    if rank is None or not context.customers:
        return False
    free = [at for at, title in enumerate(grid.lines[rank][1]) if column_of(as_text(title), dictionary) is None]
    under = [cells for _, cells in grid.lines[rank + 1 :]]
    return any(
        context.sells_to([cells[at] for cells in under if at < len(cells) and as_text(cells[at])]) for at in free
    )


def _texts(grid: Grid, column: str, dictionary: Dictionary) -> Iterable[str]:
    rank = header_rank(grid, frozenset(dictionary.titles))
    if rank is None:
        return
    for at, title in enumerate(grid.lines[rank][1]):
        found = column_of(as_text(title), dictionary)
        if found is not None and found.name == column:
            for _, cells in grid.lines[rank + 1 :]:
                if at < len(cells) and as_text(cells[at]):
                    yield as_text(cells[at])
            return


_INSTITUTION = pattern("context.institution", r"\b(WORDS)\b", re.IGNORECASE)


def institution(text: str) -> bool:
    """Tell whether a text names a customer that is no person: « Mairie de Vez », « Ferme des Sources »."""
    return bool(_INSTITUTION.search(text))


@dataclass(frozen=True)
class Heading:
    """What the words above one of several tables tell: whose it is, when it is sure; else what to ask of it."""

    owner: str = ""
    label: str = ""
    """The words that tell it from the other tables."""
    ways: tuple[tuple[str, str], ...] = ()
    """Which of these words may be people: their rank, and what stands there above each table."""
    topic: str = ""
    """The topic of which of them are."""


NO_HEADING = Heading()
"""Nothing told of one table alone."""
