"""An entry of a file: a dataclass whose every field says which part of the file it holds. Read and written from that.

To add a part to a file, add one field to its dataclass::

    @entry
    class Level:
        name: str = part(Text("nom", 60))
        meaning: str = part(Text("sens", 160), default="")

The fields are read in the order they are declared, which is also the order of the file.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass
from typing import Any, TypeVar, dataclass_transform

from kpa_model.declare.part import Notes, Part
from kpa_model.declare.unit import quoted
from kpa_model.words import count, listing, slug

_T = TypeVar("_T")
Said = tuple[str, str]
"""What is wrong, what to do."""

EMPTY: tuple[Any, ...] = (None, "", [], {}, ())
"""What is not written."""


def part(
    read: Part,
    *,
    default: Any = MISSING,
    default_factory: Any = MISSING,
    missing: Said | bool | None = None,
    kw_only: bool = False,
    always: bool = True,
) -> Any:
    """Declare the field that a part of the file fills.

    Args:
        read: the part.
        default, default_factory: what stands for a part that is not written; without one, the part is needed.
        missing: what to say when a needed part is not there; True and False say whether it is needed after all.
        kw_only: given by name only when the dataclass is built by hand.
        always: whether the default is written too.
    """
    if missing is None:
        missing = default is default_factory is MISSING
    if missing is True:
        missing = (f"il manque « {read.name} ».", f"Ajoutez « {read.name}: » et quelques mots.")
    told = {"setting": read, "missing": missing, "always": always}
    given = {"default": default} if default_factory is MISSING else {"default_factory": default_factory}
    return dataclasses.field(**given, kw_only=kw_only, metadata=told)


@dataclass_transform(frozen_default=True, field_specifiers=(part, dataclasses.field))
def entry(cls: type[_T]) -> type[_T]:
    """Make a frozen dataclass of declared parts.

    A class may say how its parts are called when one is unknown (`WHOSE = "d'une étape"`), and settle what depends
    on several of them (`settled(notes)` returns the entry, perhaps mended).
    """
    return dataclass(frozen=True)(cls)


def parts_of(cls: Any) -> dict[str, Part]:
    """Return attribute → part, for an entry (class or instance), in declared order."""
    return {each.name: each.metadata["setting"] for each in dataclasses.fields(cls) if "setting" in each.metadata}


def read_entry(cls: Callable[..., _T], content: Mapping[str, Any], notes: Notes, **given: Any) -> _T:
    """Return what a mapping of the file describes, blanks where it could not be read; every problem is in the notes.

    Args:
        cls: class with declared parts.
        content: name in the file → what it says.
        notes: where this is; grows.
        given: fields that do not come from the mapping.
    """
    notes.unknown(content, [each.name for each in parts_of(cls).values()], getattr(cls, "WHOSE", "connue ici"))
    found = {}
    for each in dataclasses.fields(cls):  # type: ignore[arg-type]
        if "setting" not in each.metadata:
            continue
        read, value = each.metadata["setting"], content.get(each.metadata["setting"].name)
        if value not in EMPTY:
            found[each.name] = read.take(value, notes)
        else:
            if said := each.metadata.get("missing"):
                notes.add(*said)
            found[each.name] = read.blank if each.default is MISSING else each.default
        notes.known[each.name] = found[each.name]
    made: Any = cls(**given, **found)
    settled: _T = made.settled(notes) if hasattr(made, "settled") else made
    return settled


def write_entry(made: Any) -> dict[str, Any]:
    """Return the mapping that a file holds for an entry; what is empty is left out."""
    data = {}
    for each in dataclasses.fields(made):
        if "setting" in each.metadata:
            inner = getattr(made, each.name)
            if each.metadata.get("always", True) or inner != each.default:
                data[each.metadata["setting"].name] = each.metadata["setting"].write(inner)
    return {name: value for name, value in data.items() if value not in EMPTY}


@dataclass(frozen=True)
class Inside(Part):
    """One entry inside another; what it does not say keeps its default."""

    of: type

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return self.of()

    def take(self, value: Any, notes: Notes) -> Any:
        """Return the entry."""
        here = notes.at(f"« {self.name} »")
        if isinstance(value, Mapping):
            return read_entry(self.of, value, here)
        here.add("des réglages sont attendus.", "Écrivez un réglage par ligne : « nom: valeur ».")
        return self.blank

    def write(self, inner: Any) -> dict[str, Any]:
        """Return a mapping."""
        return write_entry(inner)


@dataclass(frozen=True)
class Entries(Part):
    """A list of entries, each after its dash.

    Args:
        of: the class of an entry.
        one, many: what they are called.
        fewest, most: how many.
        begins: the first line of one, in what to do.
        called: the line whose text names an entry where a problem is told.
        shapeless: what to say when it is not a list, and when one of them is not an entry.
    """

    of: type
    one: str
    many: str = ""
    fewest: int = 0
    most: int = 60
    begins: str = "nom: …"
    called: str = "nom"
    shapeless: tuple[Said, Said] | None = None

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return ()

    @property
    def missing(self) -> Said:
        """What to say when it is not there."""
        todo = f"Ajoutez « {self.name}: » puis une ligne « - {self.begins} » par {self.one}."
        return f"il manque les {self._many}.", todo

    @property
    def _many(self) -> str:
        return self.many or f"{self.one}s"

    def take(self, value: Any, notes: Notes) -> tuple[Any, ...]:
        """Return the entries that could be read."""
        begins = f"« - {self.begins.removesuffix(' …')} »"
        whole, single = self.shapeless or (
            (f"les {self._many} ne sont pas compris.", f"Commencez chaque {self.one} par {begins}."),
            ("ce n'est pas compris.", f"Commencez chaque {self.one} par {begins}."),
        )
        if not isinstance(value, list):
            notes.add(*whole)
            return ()
        if not self.fewest <= len(value) <= self.most:
            bounds = f"entre {self.fewest} et {self.most}" if self.fewest else f"{self.most} au plus"
            notes.add(f"il y a {count(len(value), self.one, self._many)}.", f"Gardez-en {bounds}.")
            return ()
        found = []
        for at, each in enumerate(value, start=1):
            here = f"{self.one} {at}"
            if not isinstance(each, dict):
                notes.at(here).add(*single)
                continue
            name = each.get(self.called)
            title = f" {quoted(name)}" if isinstance(name, str) and name.strip() else ""
            found.append(read_entry(self.of, each, notes.at(f"{here}{title}")))
        return tuple(found)

    def write(self, inner: Iterable[Any]) -> list[dict[str, Any]]:
        """Return a list of mappings."""
        return [write_entry(each) for each in inner]


@dataclass(frozen=True)
class Named(Part):
    """Entries by name: a mapping from each name to its entry, kept in the field `key`; `one` is what each is called."""

    of: type
    one: str = ""
    key: str = "name"

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return ()

    def take(self, value: Any, notes: Notes) -> tuple[Any, ...]:
        """Return the entries, in the order of the file."""
        here = notes.at(f"« {self.name} »") if self.name else notes
        if not isinstance(value, Mapping):
            here.add("des noms sont attendus.", "Écrivez un nom par ligne, puis ses réglages.")
            return ()
        return tuple(self._one(name, each, here.at(f"{self.one} « {name} »".strip())) for name, each in value.items())

    def _one(self, name: str, value: Any, notes: Notes) -> Any:
        if value and not isinstance(value, Mapping):
            names = [each.name for each in parts_of(self.of).values()]
            notes.add("ses lignes manquent.", f"Lignes connues : {listing(names)}.")
            return None
        return read_entry(self.of, value or {}, notes, **{self.key: name})

    def write(self, inner: Iterable[Any]) -> dict[str, Any]:
        """Return a mapping of mappings."""
        return {getattr(each, self.key): write_entry(each) for each in inner}


def entries(of: type, name: str, one: str, *, default: Any = MISSING, kw_only: bool = False, **more: Any) -> Any:
    """Declare a list of entries; with a default, the file need not write it."""
    made = Entries(name, of, one, **more)
    return part(made, default=default, missing=made.missing if default is MISSING else False, kw_only=kw_only)


def named(example: str) -> Said:
    """Return what to say of a file without its title."""
    return "il manque le titre.", f"Ajoutez une première ligne, par exemple « titre: {example} »."


def twice(names: Iterable[str]) -> list[str]:
    """Return each name that is written several times, as it was last written; capitals do not count."""
    said = [name for name in names if name]
    written = {name.casefold(): name for name in said}
    return [written[name] for name, times in Counter(name.casefold() for name in said).items() if times > 1]


def key_of(name: str) -> str:
    """Return a key for a name whose file gives none."""
    made = slug(name)[:38]
    return made if made[:1].isalpha() else f"c_{made}"
