"""A scenario: what we suppose about people, orders, work and money. Every number is whole, in the unit declared."""

from __future__ import annotations

from dataclasses import dataclass

from kpa_model.declare.entry import Inside, Named, entry, part
from kpa_model.declare.part import Text
from kpa_model.declare.unit import EURO, EURO_PER_HOUR, HOURS, MONTHS, PERCENT, PLAIN, TIMES, Unit
from kpa_model.money import WHOLE
from kpa_model.simulation.weather.parameter import option, parameter
from kpa_model.simulation.weather.parts import FirstNames, Seasons, Shocks
from kpa_model.simulation.weather.shocks import SHOCKS, Shock

PEOPLE = Unit("personnes", 1, ("personnes", "personne"))
_MOULINS = "chiffres publiés de KPA-Moulins (2018-2019)"
_SEED = "présentation de fondation de KPA-Cité"
_BOOK = "carnet inventé des Tilleuls"


@dataclass(frozen=True)
class Group:
    """Who is there, who comes, who leaves. Rates are per month and per person unless said.

    Assumption when `learnt` is on: after so many months in the group, everybody can help one other pole, as well as who
    works there. Off by default: nothing published tells how long it takes.
    """

    months: int = parameter("mois", MONTHS, "Durée simulée", default=24, low=6, high=36)
    first_month: int = parameter("premier_mois", MONTHS, "Premier mois (1 : janvier)", default=1, low=1, high=12)
    start: int = parameter("au_depart", PEOPLE, "Personnes au départ", default=15, low=1, high=60, source=_BOOK)
    places: int = parameter("places", PEOPLE, "Personnes qui peuvent passer en tout", default=36, low=5, high=60)
    arrivals: int = parameter(
        "arrivees_par_mois", PLAIN, "Arrivées par mois", default=0.7, high=5, source=f"1,8 à Moulins ; {_MOULINS}"
    )
    leaving: int = parameter(
        "departs",
        PERCENT,
        "Chance de partir, chaque mois",
        default=3,
        high=30,
        source=f"environ 5 % à Moulins ; {_MOULINS}",
    )
    absent: int = parameter("absences", PERCENT, "Chance d'être absent·e un mois", default=8, high=60, source=_BOOK)
    volunteers: int = parameter("benevoles", PERCENT, "Part qui reste bénévole", default=15, high=100, source=_BOOK)
    to_cape: int = parameter(
        "mois_avant_cape",
        MONTHS,
        "Mois avant le contrat CAPE",
        default=1,
        high=6,
        source=f"phase « s'immerger », {_SEED}",
    )
    renewal: int = parameter(
        "renouvellement", PERCENT, "Contrats CAPE renouvelés à 12 et 24 mois", default=80, high=100, source=_BOOK
    )
    take_off: int = parameter(
        "envol",
        PERCENT,
        "Chance de s'envoler chaque mois, après 15 mois",
        default=5,
        high=50,
        source=f"parcours, {_SEED}",
    )
    available: int = parameter("heures_possibles", HOURS, "Heures possibles par mois", default=35, low=1, high=160)
    second_skill: int = parameter("deux_metiers", PERCENT, "Part qui sait aider un autre pôle", default=50, high=100)
    learnt: int = parameter(
        "mois_pour_apprendre", MONTHS, "Mois pour apprendre un autre métier (0 : jamais)", default=0, high=36
    )


@dataclass(frozen=True)
class Demand:
    """Enquiries, quotes and orders."""

    enquiries: int = parameter(
        "demandes_par_mois", PLAIN, "Demandes par mois", default=13, low=0.1, high=80, source=_BOOK
    )
    regularity: int = parameter(
        "regularite", PLAIN, "Régularité (petit : mois très inégaux)", default=6, low=0.5, high=100
    )
    growth: int = parameter(
        "croissance", PERCENT, "Croissance par an", default=10, low=-80, high=300, source=f"mal connue ; {_MOULINS}"
    )
    accepted: int = parameter("devis_acceptes", PERCENT, "Devis acceptés", default=60, low=1, high=100)
    next_month: int = parameter("mois_suivant", PERCENT, "Commandes faites le mois suivant", default=35, high=100)
    large: int = parameter("grosses", PERCENT, "Part de grosses commandes", default=2, high=30, source=_MOULINS)
    large_times: int = parameter("taille_grosses", TIMES, "Une grosse commande vaut", default=6, low=1, high=30)
    word_of_mouth: int = parameter(
        "bouche_a_oreille", PERCENT, "Demandes nouvelles pour une commande bien faite", default=0, high=60
    )


@dataclass(frozen=True)
class Work:
    """Hours that nobody invoices: quotes, shopping, dishes, meetings, welcome, promotion, training."""

    quote: int = parameter("devis", HOURS, "Heures pour un devis", default=0.75, high=10, source=_BOOK)
    support: int = parameter("appui", PERCENT, "Part d'appui dans une commande", default=25, high=80, source=_BOOK)
    meetings: int = parameter("reunions", HOURS, "Heures de réunion par personne", default=4, high=40, source=_SEED)
    welcome: int = parameter("accueil", HOURS, "Heures d'accueil pour une arrivée", default=6, high=40)
    promotion: int = parameter("promotion", HOURS, "Heures de promotion, pour le groupe", default=10, high=80)
    training: int = parameter(
        "formation",
        HOURS,
        "Heures de formation les 8 premiers mois",
        default=2.5,
        high=40,
        source="20 h en tout, CJS 2016",
    )
    asking: int = parameter("demande_par_heure", EURO_PER_HOUR, "Demande libre, par heure", default=9, low=1, high=60)


BASIS = {"facture": "à la facture", "encaissement": "quand l'argent arrive"}
WHO_ADVANCES = {"cae": "la CAE l'avance", "personne": "personne ne l'avance : la paie attend"}


@dataclass(frozen=True)
class Cash:
    """When a sale counts, what is never paid, what is in the purses at the start.

    VAT passes through: customers pay it with the invoice, purchases bear it, the difference waits in the till until it
    is paid over. It is never in the pot.
    """

    basis: str = option("date_qui_compte", "Une vente compte", BASIS)
    advance: str = option("qui_avance", "Quand l'argent manque en caisse", WHO_ADVANCES, "à demander à la CAE")
    unpaid: int = parameter("impayes", PERCENT, "Factures jamais payées", default=1, high=50, source=_BOOK)
    write_off: int = parameter("passage_en_perte", MONTHS, "Mois avant de compter la perte", default=6, low=1, high=24)
    fund: int = parameter("fonds_au_depart", EURO, "Fonds commun au départ", default=240, high=50_000, source=_BOOK)
    reserve: int = parameter("reserve_au_depart", EURO, "Réserve au départ", default=600, high=50_000, source=_BOOK)
    vat: int = parameter(
        "tva", PERCENT, "TVA sur les ventes et les achats", default=20, high=20, source="taux normal, à vérifier"
    )
    vat_months: int = parameter(
        "mois_entre_tva", MONTHS, "Mois entre deux versements de TVA", default=1, low=1, high=12
    )
    overheads: int = parameter("frais_du_mois", EURO, "Frais sans commande, chaque mois", default=20, high=5000)


@dataclass(frozen=True)
class Motivation:
    """People may leave when pay or recognition is low. Off by default: nothing published tells how much.

    Assumption when on: contentment of a month is `min(1, pay / expected)` mixed with `min(1, pay share / hours share)`.
    Its mean over about three months is kept; whoever is not content leaves with chance `reaction × (1 − contentment)`.
    """

    reaction: int = parameter("reaction", PERCENT, "Départs en plus, si personne n'est content", default=0, high=50)
    expected: int = parameter("attendu", EURO, "Montant attendu par mois", default=80, low=1, high=2000)
    recognition: int = parameter("reconnaissance", PERCENT, "Poids de la reconnaissance", default=30, high=100)


@dataclass(frozen=True)
class Pole:
    """One activity: its part of enquiries, its usual order, its purchases, what an hour sells for."""

    name: str
    share: int = parameter("part", PERCENT, "Part des demandes", default=25, high=100, source=_BOOK)
    price: int = parameter(
        "prix", EURO, "Commande du milieu, hors taxes", default=250, low=10, high=20_000, source=_BOOK
    )
    spread: int = parameter("diversite", PLAIN, "Diversité des prix", default=0.6, high=2)
    purchases: int = parameter("achats", PERCENT, "Part d'achats", default=20, high=95, source=_BOOK)
    hour: int = parameter(
        "prix_par_heure",
        EURO_PER_HOUR,
        "Vente par heure de travail",
        default=21,
        low=5,
        high=200,
        source="420 € pour 20 h",
    )


@dataclass(frozen=True)
class CustomerKind:
    """A kind of customer: its part of orders, and when it pays."""

    name: str
    share: int = parameter("part", PERCENT, "Part des commandes", default=25, high=100, source=_BOOK)
    at_once: int = parameter("paie_de_suite", PERCENT, "Paie le mois même", default=30, high=100, source=_BOOK)
    next_month: int = parameter(
        "paie_le_mois_suivant", PERCENT, "Paie le mois suivant", default=50, high=100, source=_BOOK
    )
    later: int = parameter("sinon", MONTHS, "Sinon, paie après", default=2, low=1, high=12, source=_BOOK)


USUAL_POLES = (
    Pole("Traiteur", 450_000, 280_00, 65, 320_000, 21_00),
    Pole("Conciergerie", 250_000, 60_00, 50, 50_000, 18_00),
    Pole("Jardin", 150_000, 180_00, 60, 180_000, 17_00),
    Pole("Couture", 150_000, 90_00, 50, 150_000, 14_00),
)
USUAL_CUSTOMERS = (
    CustomerKind("particulier", 350_000, 900_000, 100_000, 2),
    CustomerKind("association", 300_000, 200_000, 650_000, 2),
    CustomerKind("entreprise", 150_000, 50_000, 650_000, 2),
    CustomerKind("collectivité", 200_000, 0, 450_000, 2),
)
USUAL_SEASONS = tuple(percent * WHOLE // 100 for percent in (85, 85, 100, 105, 125, 130, 60, 35, 110, 105, 105, 155))


@entry
class Scenario:
    """Everything we suppose. `seasons` are twelve multipliers in ppm, January first; `names` may be empty."""

    title: str = part(
        Text("titre"), default="Une année ordinaire",
        missing=("il manque le titre.", "Ajoutez par exemple « titre: Une année ordinaire »."),
    )  # fmt: skip
    sentence: str = part(Text("phrase", lines=True), default="")
    group: Group = part(Inside("groupe", Group), default=Group())
    demand: Demand = part(Inside("commandes", Demand), default=Demand())
    work: Work = part(Inside("travail", Work), default=Work())
    cash: Cash = part(Inside("argent", Cash), default=Cash())
    motivation: Motivation = part(Inside("motivation", Motivation), default=Motivation())
    seasons: tuple[int, ...] = part(Seasons("saisons"), default=USUAL_SEASONS)
    poles: tuple[Pole, ...] = part(Named("poles", Pole), default=USUAL_POLES)
    customers: tuple[CustomerKind, ...] = part(Named("clients", CustomerKind), default=USUAL_CUSTOMERS)
    shocks: tuple[Shock, ...] = part(Shocks("chocs", lambda: SHOCKS, "choc", "Chocs connus"), default=())
    names: tuple[str, ...] = part(FirstNames("personnes"), default=())

    @property
    def seats(self) -> int:
        """Length of the axis of people: those of the start, then those who may come."""
        return max(self.group.places, self.group.start)

    @property
    def members(self) -> tuple[str, ...]:
        """Names of the people: those given, then `Personne 7`, `Personne 8`…"""
        return tuple([*self.names, *(f"Personne {at + 1}" for at in range(len(self.names), self.seats))][: self.seats])

    @property
    def feeds_back(self) -> bool:
        """Whether what people receive changes who stays: the months can then not be drawn before the rule."""
        return self.motivation.reaction > 0
