"""A quote, an invoice or a credit note, as a form one can fill: who, to whom, what, when, and totals to the cent.

Amounts are whole cents before tax, quantities whole hundredths, rates parts per million. A document may be incomplete:
`mentions` says what is missing. VAT is rounded once per rate, on the sum of the lines of that rate, as electronic
invoices ask (rule BR-CO-17 of EN 16931); the order book rounds it line by line, so both may differ by a cent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kpa_model.errors import KpaError, Problem
from kpa_model.money import part_of, round_ratio, split_cents

HUNDREDTHS = 100
"""Inner quantity of one piece, one hour, one guest."""


class WrongDocument(KpaError):
    """A document whose amounts cannot stand together."""


class DocumentKind(StrEnum):
    """What the document is; a credit note [avoir] gives money back, for an invoice that it names."""

    QUOTE = "devis"
    INVOICE = "facture"
    CREDIT_NOTE = "avoir"


class Buyer(StrEnum):
    """What the customer is: the mentions to write depend on it."""

    PERSON = "particulier"
    BUSINESS = "entreprise"
    ASSOCIATION = "association"
    PUBLIC = "collectivite"

    @property
    def is_professional(self) -> bool:
        """Whether late-payment rules between professionals apply."""
        return self is not Buyer.PERSON


class Nature(StrEnum):
    """What is sold, a mention of the electronic invoice."""

    GOODS = "biens"
    SERVICES = "services"
    MIXED = "biens et services"


@dataclass(frozen=True)
class Address:
    """A postal address."""

    street: str = ""
    postcode: str = ""
    city: str = ""

    def __bool__(self) -> bool:
        """Whether every part is written."""
        return bool(self.street and self.postcode and self.city)

    def __str__(self) -> str:
        """Give the address on one line, without its empty parts."""
        return ", ".join(each for each in (self.street, f"{self.postcode} {self.city}".strip()) if each)


@dataclass(frozen=True)
class Host:
    """The structure that signs for the KPA [structure de portage]; `capital` in cents, None when it has none."""

    name: str = ""
    legal_form: str = ""
    capital: int | None = None
    address: Address = Address()
    siret: str = ""
    register: str = ""
    vat_number: str = ""
    insurance: str = ""
    bank_account: str = ""

    @property
    def siren(self) -> str:
        """The nine first digits of the SIRET."""
        return "".join(self.siret.split())[:9]


@dataclass(frozen=True)
class Customer:
    """Who asked; `delivery` is where the work is done, `billing` where the invoice goes, when they are elsewhere."""

    name: str = ""
    buyer: Buyer = Buyer.PERSON
    address: Address = Address()
    siren: str = ""
    delivery: Address = Address()
    billing: Address = Address()


@dataclass(frozen=True)
class DocumentLine:
    """One line: `quantity` in hundredths, `price` in cents before tax for one, `vat_rate` in ppm."""

    label: str
    quantity: int
    unit: str
    price: int
    vat_rate: int

    @property
    def amount(self) -> int:
        """Cents before tax; half a cent goes away from zero."""
        return int(round_ratio(self.quantity * self.price, HUNDREDTHS))


@dataclass(frozen=True)
class RateTotal:
    """What one VAT rate adds up to: lines, their share of the discount, what is taxed, and the VAT. Cents."""

    rate: int
    lines: int
    discount: int
    vat: int

    @property
    def taxed(self) -> int:
        """Amount before tax, discount taken off."""
        return self.lines - self.discount


@dataclass(frozen=True)
class Totals:
    """The foot of a document, in cents."""

    rates: tuple[RateTotal, ...]

    @property
    def lines(self) -> int:
        """Sum of the lines, before discount and tax."""
        return sum(each.lines for each in self.rates)

    @property
    def discount(self) -> int:
        """Discount on the whole document, before tax."""
        return sum(each.discount for each in self.rates)

    @property
    def before_tax(self) -> int:
        """Total before tax [HT]."""
        return self.lines - self.discount

    @property
    def vat(self) -> int:
        """Total VAT, the sum of what each rate gives."""
        return sum(each.vat for each in self.rates)

    @property
    def with_tax(self) -> int:
        """Total to pay [TTC]."""
        return self.before_tax + self.vat


@dataclass(frozen=True)
class Document:
    """A whole document. Empty texts and absent dates are mentions still to write.

    `discount` is cents before tax on the whole. `penalty` and `terms` are written as they are. `free` says whether the
    quote is free, None when it is not told. `corrects` is the number and the date of the invoice a credit note is for.
    """

    kind: DocumentKind = DocumentKind.QUOTE
    number: str = ""
    issued_on: date | None = None
    done_on: date | None = None
    host: Host = Host()
    cooperative: str = ""
    cape_end: date | None = None
    customer: Customer = Customer()
    lines: tuple[DocumentLine, ...] = ()
    discount: int = 0
    nature: Nature | None = None
    valid_until: date | None = None
    due_on: date | None = None
    terms: str = ""
    penalty: str = ""
    fixed_fee: bool = False
    free: bool | None = None
    delay: str = ""
    agreement: bool = False
    vat_on_debits: bool = False
    order: str = ""
    corrects: tuple[str, date] | None = field(default=None)


def totals(document: Document) -> Totals:
    """Return the foot of a document: one line per VAT rate, lowest rate first, the discount split between rates.

    Raises:
        WrongDocument: a negative discount, or one greater than what is sold.
    """
    rates = sorted({line.vat_rate for line in document.lines})
    sums = [sum(line.amount for line in document.lines if line.vat_rate == rate) for rate in rates]
    weights = [max(0, each) for each in sums]
    if not 0 <= document.discount <= sum(weights):
        what = "elle est plus grande que le total, ou négative."
        raise WrongDocument(Problem("Remise", what, "Écrivez une remise plus petite que le total HT."))
    shares = split_cents(document.discount, weights).tolist() if document.discount else [0] * len(rates)
    return Totals(
        tuple(
            RateTotal(rate, lines, share, int(part_of(lines - share, rate)))
            for rate, lines, share in zip(rates, sums, shares, strict=True)
        )
    )


def vat_by_line(document: Document) -> int:
    """Return the VAT if each line were rounded alone, as order books and tills do; the discount is not in it."""
    return sum(int(part_of(line.amount, line.vat_rate)) for line in document.lines)
