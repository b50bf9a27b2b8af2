"""Which parameters are taken from OpenFisca-France, under which name, unit and file; and those it does not have.

Only read by `extract_parameters.py`, in the environment where OpenFisca is installed.
"""

from __future__ import annotations

from dataclasses import dataclass

EURO, HOURLY, DAILY, MONTHLY, RATE, NUMBER, MONTHS, YEARS, DAYS = (
    "€", "€/heure", "€/jour", "€/mois", "%", "nombre", "mois", "ans", "jours",
)  # fmt: skip

APRIL, JANUARY = "2027-03-31", "2026-12-31"
"""Last day before the yearly revision fixed by law: 1 April for benefits, 1 January for the rest."""


@dataclass(frozen=True)
class Spec:
    """One parameter: its French name, its file, its unit, where OpenFisca keeps it, until when its last value holds."""

    name: str
    file: str
    label: str
    unit: str
    path: str
    until: str = JANUARY


_MINIMA = "prestations_sociales.solidarite_insertion.minima_sociaux"
_RSA, _PPA = f"{_MINIMA}.rsa", f"{_MINIMA}.ppa"
_AAH = "prestations_sociales.prestations_etat_de_sante.invalidite.aah"
_ASS = "chomage.allocations_assurance_chomage.ass"
_ARE = "chomage.allocations_assurance_chomage.complement_are"
_SMIC = "marche_travail.salaire_minimum.smic"
_P = "prelevements_sociaux"
_SS = f"{_P}.cotisations_securite_sociale_regime_general"
_COMP = f"{_P}.regimes_complementaires_retraite_secteur_prive"
_CHOM = f"{_P}.cotisations_regime_assurance_chomage"
_TAX = f"{_P}.autres_taxes_participations_assises_salaires"
_RED = f"{_P}.reductions_cotisations_sociales"
_CSG = f"{_P}.contributions_sociales.csg.activite"

TAKEN = [
    Spec("smic_horaire", "smic", "SMIC brut, une heure", HOURLY, f"{_SMIC}.smic_b_horaire"),
    Spec("smic_mensuel", "smic", "SMIC brut, un mois de 151,67 heures", MONTHLY, f"{_SMIC}.smic_b_mensuel"),
    Spec("smic_heures", "smic", "Heures d'un mois au SMIC", NUMBER, f"{_SMIC}.nb_heures_travail_mensuel", APRIL),
    # --- RSA
    Spec("rsa_base", "rsa", "RSA, montant de base pour une personne", MONTHLY, f"{_RSA}.rsa_m.montant_de_base_du_rsa", APRIL),
    Spec("rsa_deux_personnes", "rsa", "RSA, en plus à deux personnes", RATE, f"{_RSA}.rsa_maj.maj_montant_max.couples_celibataire_avec_enfant", APRIL),
    Spec("rsa_personne_suivante", "rsa", "RSA, en plus par personne, jusqu'à deux enfants", RATE, f"{_RSA}.rsa_maj.maj_montant_max.couple_1_enfant_ou_2e_enfant", APRIL),
    Spec("rsa_enfant_suivant", "rsa", "RSA, en plus par enfant à partir du troisième", RATE, f"{_RSA}.rsa_maj.maj_montant_max.par_enfant_supplementaire", APRIL),
    Spec("rsa_parent_isole", "rsa", "RSA majoré, parent isolé", RATE, f"{_RSA}.rsa_maj.majoration_isolement_en_base_rsa.femmes_enceintes", APRIL),
    Spec("rsa_parent_isole_enfant", "rsa", "RSA majoré, en plus par enfant", RATE, f"{_RSA}.rsa_maj.majoration_isolement_en_base_rsa.par_enfant_a_charge", APRIL),
    Spec("rsa_logement_1", "rsa", "RSA, forfait logement, une personne", RATE, f"{_RSA}.rsa_fl.forfait_logement.taux_1_personne", APRIL),
    Spec("rsa_logement_2", "rsa", "RSA, forfait logement, deux personnes", RATE, f"{_RSA}.rsa_fl.forfait_logement.taux_2_personnes", APRIL),
    Spec("rsa_logement_3", "rsa", "RSA, forfait logement, trois personnes ou plus", RATE, f"{_RSA}.rsa_fl.forfait_logement.taux_3_personnes_ou_plus", APRIL),
    Spec("rsa_minimum_verse", "rsa", "RSA, plus petit montant versé", MONTHLY, f"{_RSA}.rsa_maj.montant_minimum_verse", APRIL),
    Spec("rsa_age", "rsa", "RSA, âge minimum sans enfant", YEARS, f"{_RSA}.rsa_cond.age_minimum_allocataire", APRIL),
    # --- prime d'activité
    Spec("ppa_base", "prime_activite", "Prime d'activité, montant forfaitaire", MONTHLY, f"{_PPA}.pa_m.montant_de_base", APRIL),
    Spec("ppa_part_gardee", "prime_activite", "Prime d'activité, part des gains ajoutée", RATE, f"{_PPA}.pa_m.majoration_ressources_revenus_activite", APRIL),
    Spec("ppa_deux_personnes", "prime_activite", "Prime d'activité, en plus à deux personnes", RATE, f"{_PPA}.pa_m.majoration_montant_maximal.couples_seul_avec_enfant", APRIL),
    Spec("ppa_personne_suivante", "prime_activite", "Prime d'activité, en plus par personne, jusqu'à deux enfants", RATE, f"{_PPA}.pa_m.majoration_montant_maximal.couple_1_enfant_2e_enfant", APRIL),
    Spec("ppa_enfant_suivant", "prime_activite", "Prime d'activité, en plus par enfant à partir du troisième", RATE, f"{_PPA}.pa_m.majoration_montant_maximal.par_enfant_supplementaire", APRIL),
    Spec("ppa_parent_isole", "prime_activite", "Prime d'activité majorée, parent isolé", RATE, f"{_PPA}.pa_m.majoration_isolement.femmes_enceintes", APRIL),
    Spec("ppa_parent_isole_enfant", "prime_activite", "Prime d'activité majorée, en plus par enfant", RATE, f"{_PPA}.pa_m.majoration_isolement.par_enfant_charge", APRIL),
    Spec("ppa_logement_1", "prime_activite", "Prime d'activité, forfait logement, une personne", RATE, f"{_PPA}.pa_fl.taux_forfait_logement.foyer_1_personne", APRIL),
    Spec("ppa_logement_2", "prime_activite", "Prime d'activité, forfait logement, deux personnes", RATE, f"{_PPA}.pa_fl.taux_forfait_logement.foyer_2_personnes", APRIL),
    Spec("ppa_logement_3", "prime_activite", "Prime d'activité, forfait logement, trois personnes ou plus", RATE, f"{_PPA}.pa_fl.taux_forfait_logement.foyer_3_personnes", APRIL),
    Spec("ppa_bonus_debut", "prime_activite", "Bonification, elle commence à tant d'heures de SMIC", NUMBER, f"{_PPA}.pa_m.bonification.seuil_bonification", APRIL),
    Spec("ppa_bonus_fin", "prime_activite", "Bonification, elle est entière à tant d'heures de SMIC", NUMBER, f"{_PPA}.pa_m.bonification.seuil_max_bonification", APRIL),
    Spec("ppa_bonus_part", "prime_activite", "Bonification entière, part du montant forfaitaire", RATE, f"{_PPA}.pa_m.bonification.taux_bonification_max", APRIL),
    Spec("ppa_minimum_verse", "prime_activite", "Prime d'activité, plus petit montant versé", MONTHLY, f"{_PPA}.pa_m.montant_minimum_verse", APRIL),
    Spec("ppa_seuil_aah", "prime_activite", "Heures de SMIC à partir desquelles l'AAH compte comme un gain", NUMBER, f"{_PPA}.pa_cond.seuil_aah_activite", APRIL),
    Spec("ppa_age", "prime_activite", "Prime d'activité, âge minimum", YEARS, f"{_PPA}.pa_cond.age_min", APRIL),
    # --- chômage et handicap
    Spec("ass_jour", "ass", "ASS, montant d'un jour", DAILY, f"{_ASS}.montant_plein", APRIL),
    Spec("ass_plafond_seul", "ass", "ASS, plafond de ressources d'une personne seule, en jours d'allocation", NUMBER, f"{_ASS}.plaf_seul", APRIL),
    Spec("ass_plafond_couple", "ass", "ASS, plafond de ressources d'un couple, en jours d'allocation", NUMBER, f"{_ASS}.plaf_coup", APRIL),
    Spec("are_part_retenue", "are", "ARE, part de la paie brute retirée", RATE, f"{_ARE}.taux_remuneration_retenue", APRIL),
    Spec("aah_montant", "aah", "AAH, montant maximum", MONTHLY, f"{_AAH}.montant", APRIL),
    Spec("aah_tranche", "aah", "AAH, première tranche de gains, part du SMIC brut", RATE, f"{_AAH}.travail_ordinaire.tranche_smic", APRIL),
    Spec("aah_abattement_1", "aah", "AAH, part des gains non comptée, première tranche", RATE, f"{_AAH}.travail_ordinaire.abattement_30", APRIL),
    Spec("aah_abattement_2", "aah", "AAH, part des gains non comptée, au-delà", RATE, f"{_AAH}.travail_ordinaire.abattement_sup", APRIL),
    # --- cotisations : la personne
    Spec("net_vieillesse_plafonnee", "cotisations", "Retraite de base, part de la personne, sous le plafond", RATE, f"{_SS}.cnav.salarie.vieillesse_plafonnee"),
    Spec("net_vieillesse", "cotisations", "Retraite de base, part de la personne, sur tout", RATE, f"{_SS}.cnav.salarie.vieillesse_deplafonnee"),
    Spec("net_chomage", "cotisations", "Chômage, part de la personne", RATE, f"{_CHOM}.chomage.salarie.chomage"),
    Spec("net_arrco", "cotisations", "Retraite complémentaire Arrco, part de la personne, jusqu'en 2018", RATE, f"{_COMP}.arrco.taux_effectifs_salaries_employeurs.salarie.noncadre.arrco"),
    Spec("net_agff", "cotisations", "AGFF, part de la personne, jusqu'en 2018", RATE, f"{_COMP}.agff.salarie.noncadre.agff"),
    Spec("net_agirc_arrco", "cotisations", "Retraite complémentaire, part de la personne", RATE, f"{_COMP}.agirc_arrco.salarie.agirc_arrco"),
    Spec("net_ceg", "cotisations", "Contribution d'équilibre général, part de la personne", RATE, f"{_COMP}.ceg.salarie.ceg"),
    Spec("net_csg_deductible", "cotisations", "CSG déductible", RATE, f"{_CSG}.deductible"),
    Spec("net_csg_imposable", "cotisations", "CSG imposable", RATE, f"{_CSG}.imposable"),
    Spec("net_crds", "cotisations", "CRDS", RATE, f"{_P}.contributions_sociales.crds"),
    Spec("net_abattement_csg", "cotisations", "Part de la paie où CSG et CRDS ne s'appliquent pas", RATE, f"{_CSG}.abattement"),
    # --- cotisations : l'employeur
    Spec("cout_maladie", "cotisations", "Maladie, taux plein", RATE, f"{_SS}.mmid.employeur.maladie"),
    Spec("cout_maladie_reduction", "cotisations", "Maladie, réduction sur les petites paies", RATE, f"{_RED}.alleg_gen.mmid.taux"),
    Spec("cout_famille", "cotisations", "Allocations familiales, taux plein", RATE, f"{_SS}.famille.employeur.famille"),
    Spec("cout_famille_reduction", "cotisations", "Allocations familiales, réduction sur les petites paies", RATE, f"{_RED}.allegement_cotisation_allocations_familiales.reduction"),
    Spec("cout_vieillesse_plafonnee", "cotisations", "Retraite de base, sous le plafond", RATE, f"{_SS}.cnav.employeur.vieillesse_plafonnee"),
    Spec("cout_vieillesse", "cotisations", "Retraite de base, sur tout", RATE, f"{_SS}.cnav.employeur.vieillesse_deplafonnee"),
    Spec("cout_autonomie", "cotisations", "Contribution de solidarité pour l'autonomie", RATE, f"{_SS}.csa.employeur.csa"),
    Spec("cout_arrco", "cotisations", "Retraite complémentaire Arrco, jusqu'en 2018", RATE, f"{_COMP}.arrco.taux_effectifs_salaries_employeurs.employeur.noncadre.arrco"),
    Spec("cout_agff", "cotisations", "AGFF, jusqu'en 2018", RATE, f"{_COMP}.agff.employeur.noncadre.agffnc"),
    Spec("cout_agirc_arrco", "cotisations", "Retraite complémentaire", RATE, f"{_COMP}.agirc_arrco.employeur.agirc_arrco"),
    Spec("cout_ceg", "cotisations", "Contribution d'équilibre général", RATE, f"{_COMP}.ceg.employeur.ceg"),
    Spec("cout_chomage", "cotisations", "Chômage", RATE, f"{_CHOM}.chomage.employeur.chomage"),
    Spec("cout_syndicats", "cotisations", "Financement des organisations syndicales", RATE, f"{_TAX}.fin_syndic.financement_organisations_syndicales"),
    Spec("cout_apprentissage", "cotisations", "Taxe d'apprentissage", RATE, f"{_TAX}.apprentissage.apprentissage_taxe"),
]  # fmt: skip

# path « a+b »: the second series goes on where the first one ends.
JOINED = [
    Spec("cout_logement", "cotisations", "Fonds national d'aide au logement, petite structure", RATE,
         f"{_TAX}.fnal.contribution_moins_de_20_salaries+{_TAX}.fnal.contribution_moins_de_50_salaries"),
    Spec("cout_formation", "cotisations", "Formation professionnelle, 11 personnes ou plus", RATE,
         f"{_TAX}.formation.employeur_tout_salaire.formprof_11_salaries_et_plus"
         f"+{_TAX}.contribution_unique_formation.contrib_formation_pro.onze_et_plus_salaries"),
    Spec("allegement_maximum", "cotisations", "Allègement général, taux au SMIC, petite structure", RATE,
         f"{_RED}.allegement_general.ensemble_des_entreprises.entreprises_de_moins_de_20_salaries"
         f"+{_RED}.allegement_general.ensemble_des_entreprises.entreprises_de_moins_de_50_salaries"),
]  # fmt: skip

# What OpenFisca-France 176 does not have, or has wrong: (depuis, jusqu_a, valeur), source, confiance.
OURS = [
    ("cout_ags", "cotisations", "Garantie des salaires (AGS)", RATE, "publie",
     "AGS, conseils d'administration de décembre 2023, du 18 juin 2024 et du 16 décembre 2025",
     [("2018-01-01", "2023-12-31", "0,15"), ("2024-01-01", "2024-06-30", "0,2"), ("2024-07-01", JANUARY, "0,25")]),
    ("cout_accidents", "cotisations", "Accidents du travail, taux supposé", RATE, "a_confirmer",
     "Hypothèse : le taux de la CAE est sur ses bulletins de paie", [("2018-01-01", JANUARY, "2,2")]),
    ("cout_mobilite", "cotisations", "Versement mobilité, taux supposé (Lille, 11 personnes ou plus)", RATE, "a_confirmer",
     "Hypothèse : le taux de la CAE est sur ses bulletins de paie", [("2018-01-01", JANUARY, "2")]),
    ("allegement_2026_minimum", "cotisations", "Réduction unique (RGDU), taux minimum", RATE, "publie",
     "OpenFisca-France, allegement_general.ensemble_des_entreprises.t_min", [("2026-01-01", JANUARY, "2")]),
    ("allegement_2026_delta", "cotisations", "Réduction unique (RGDU), en plus au SMIC, moins de 50 personnes", RATE, "publie",
     "OpenFisca-France, allegement_general.ensemble_des_entreprises.t_delta_petites_entreprises",
     [("2026-01-01", JANUARY, "37,81")]),
    ("trimestre_decalage", "rsa", "Mois sauté avant le trimestre déclaré", MONTHS, "publie",
     "Décret n° 2025-185 du 26 février 2025 : déclarations préremplies à partir du 1er mars 2025",
     [("2018-01-01", "2025-02-28", "0"), ("2025-03-01", APRIL, "1")]),
    ("ass_mois_cumul", "ass", "ASS, mois de cumul avec une paie", MONTHS, "publie",
     "Code du travail, articles R5425-2 à R5425-4 (décret n° 2017-826)", [("2018-01-01", APRIL, "3")]),
    ("ass_mois_sans_activite", "ass", "ASS, mois sans paie pour de nouveaux mois de cumul", MONTHS, "publie",
     "Code du travail, articles R5425-2 à R5425-4 (décret n° 2017-826)", [("2018-01-01", APRIL, "3")]),
    ("ass_jours", "ass", "Jours d'ASS comptés dans un mois", DAYS, "calcule",
     "Convention d'OpenFisca-France : 30 jours ; France Travail paie les jours du mois", [("2018-01-01", APRIL, "30")]),
    ("are_jours", "are", "Jours d'ARE comptés dans un mois", DAYS, "calcule",
     "Convention : 30 jours ; France Travail paie les jours du mois", [("2018-01-01", APRIL, "30")]),
    ("aah_mois_entiers", "aah", "AAH, mois de cumul entier au début", MONTHS, "a_confirmer",
     "Code de la sécurité sociale, article D821-9 ; à confirmer avec la CAF", [("2018-01-01", APRIL, "6")]),
    ("tva_normale", "tva", "TVA, taux normal", RATE, "publie", "Code général des impôts, article 278",
     [("2018-01-01", JANUARY, "20")]),
    ("tva_intermediaire", "tva", "TVA, taux intermédiaire (repas servis sur place)", RATE, "publie",
     "Code général des impôts, article 279", [("2018-01-01", JANUARY, "10")]),
    ("tva_reduite", "tva", "TVA, taux réduit (aliments)", RATE, "publie", "Code général des impôts, article 278-0 bis",
     [("2018-01-01", JANUARY, "5,5")]),
    ("cape_duree", "cape", "CAPE, durée la plus longue d'un contrat", MONTHS, "publie",
     "Code de commerce, article R127-2", [("2018-01-01", JANUARY, "12")]),
    ("cape_renouvellements", "cape", "CAPE, nombre de renouvellements", NUMBER, "publie",
     "Code de commerce, article R127-2", [("2018-01-01", JANUARY, "2")]),
    ("cape_age", "cape", "CAPE, âge minimum retenu par les KPA", YEARS, "a_confirmer",
     "Guide « Construire un KPA » (Movilab) ; accord des parents de 16 à 17 ans à demander",
     [("2018-01-01", JANUARY, "16")]),
    ("cape_temps_plein_exclu", "cape", "CAPE, fermé à qui a déjà un emploi à temps plein (1 : oui)", NUMBER, "publie",
     "Code de commerce, article L127-1", [("2018-01-01", JANUARY, "1")]),
]  # fmt: skip
