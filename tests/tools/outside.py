#!/usr/bin/env python3
"""Files as large as the real ones, with nothing real in them.

    tests/tools/outside.py req OUT.zip [--enterprises 2900000] [--seed 1]
    tests/tools/outside.py ocds OUT.json [--megabytes 500] [--seed 1]

`tests/load outside` makes both at their full size and measures what reading them costs.

Numbers begin with 99: no enterprise number of Québec does. Names are put together from a list of invented words.
"""
import argparse
import io
import json
import random
import zipfile

SYLLABLES = ["ba", "bro", "ca", "cli", "da", "dre", "fa", "flo", "ga", "gri", "ja", "la", "li", "lo", "ma", "me", "mi",
             "na", "no", "pa", "pri", "qua", "ra", "ri", "sa", "so", "ta", "tri", "va", "vi", "xo", "ze"]
TRADES = ["Gestion", "Construction", "Entreprises", "Services", "Transport", "Toiture", "Plomberie", "Immobilier",
          "Consultants", "Groupe", "Restaurant", "Garage", "Ferme", "Boulangerie", "Coiffure", "Électrique", "Logiciels",
          "Distribution", "Produits", "Placements", "Rénovation", "Pâtisserie", "Équipements", "Forêt"]
FORMS = ["inc.", "ltée", "s.e.n.c.", "enr.", "inc.", "inc."]


def words(rng, count):
    """Invented words."""
    return ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize() for _ in range(count)]


def name(rng, vocabulary):
    kind = rng.random()
    if kind < 0.3:
        return f"9{rng.randint(0, 999):03}-{rng.randint(0, 9999):04} Québec inc."
    # The power makes the first words frequent, as family names are.
    word = vocabulary[int(len(vocabulary) * rng.random() ** 3)]
    other = vocabulary[int(len(vocabulary) * rng.random() ** 2)]
    if kind < 0.7:
        return f"{rng.choice(TRADES)} {word} {rng.choice(FORMS)}"
    if kind < 0.9:
        return f"{rng.choice(TRADES)} {word} et {other} {rng.choice(FORMS)}"
    return f"Les {rng.choice(TRADES)} {word} {other} {rng.choice(TRADES).lower()} {rng.choice(FORMS)}"


# The columns that the registrar publishes; those of no use here are empty or the same in every row.
ENTERPRISES = ("NEQ IND_FAIL DAT_IMMAT COD_REGIM_JURI COD_INTVAL_EMPLO_QUE DAT_CESS_PREVU COD_STAT_IMMAT COD_FORME_JURI DAT_STAT_IMMAT "
               "COD_REGIM_JURI_CONSTI DAT_DEPO_DECLR AN_DECL AN_PROD DAT_LIMIT_PROD AN_PROD_PRE DAT_LIMIT_PROD_PRE DAT_MAJ_INDEX_NOM "
               "COD_ACT_ECON_CAE NO_ACT_ECON_ASSUJ DESC_ACT_ECON_ASSUJ COD_ACT_ECON_CAE2 NO_ACT_ECON_ASSUJ2 DESC_ACT_ECON_ASSUJ2 "
               "NOM_LOCLT_CONSTI DAT_CONSTI IND_CONVEN_UNMN_ACTNR IND_RET_TOUT_POUVR IND_LIMIT_RESP DAT_DEB_RESP DAT_FIN_RESP OBJET_SOC "
               "NO_MTR_VOLONT ADR_DOMCL_ADR_DISP ADR_DOMCL_LIGN1_ADR ADR_DOMCL_LIGN2_ADR ADR_DOMCL_LIGN3_ADR ADR_DOMCL_LIGN4_ADR").split()
NAMES = "NEQ NOM_ASSUJ NOM_ASSUJ_LANG_ETRNG STAT_NOM TYP_NOM_ASSUJ DAT_INIT_NOM_ASSUJ DAT_FIN_NOM_ASSUJ".split()
ESTABLISHMENTS = ("NEQ NO_SUF_ETAB IND_ETAB_PRINC IND_SALON_BRONZ IND_VENTE_TABAC_DETL IND_DISP LIGN1_ADR LIGN2_ADR LIGN3_ADR LIGN4_ADR "
                  "COD_ACT_ECON DESC_ACT_ECON_ETAB NO_ACT_ECON_ETAB COD_ACT_ECON2 DESC_ACT_ECON_ETAB2 NO_ACT_ECON_ETAB2 NOM_ETAB").split()
RELATIONS = "NEQ NEQ_ASSUJ_REL DENOMN_SOC COD_RELA_ASSUJ DAT_EFCTVT IND_DISP LIGN1_ADR LIGN2_ADR LIGN3_ADR LIGN4_ADR".split()
CHANGES = "NEQ COD_TYP_CHANG COD_REGIM_JURI AUTR_REGIM_JURI NOM_LOCLT DAT_EFCTVT".split()
LABELS = """TYP_DOM_VAL,COD_DOM_VAL,VAL_DOM_FRAN
FORM_JURI,CIE,Compagnie
STAT_IMMAT,IM,Immatriculée
STAT_IMMAT,RD,Radiée sur demande
STAT_IMMAT,RO,Radiée d'office
STAT_IMMAT,RX,Radiée d'office (article 59)
RELA_ASSUJ,FUS,Fusion
RELA_ASSUJ,SCI,Scission
TYP_CHANG,CON,Continuation
REGIM_JURI,CAN,Loi canadienne sur les sociétés par actions
"""
STREET = ("1, rue de l’Essai", "Québec (Québec)", "G1A 0A0", "")


def rows(archive, member, columns, cells):
    """Writes a file of the archive, every cell quoted, after a byte order mark."""
    with archive.open(f"{member}.csv", "w", force_zip64=True) as raw:
        text = io.TextIOWrapper(raw, "utf-8", write_through=False)
        text.write("\ufeff" + ",".join(f'"{column}"' for column in columns) + "\n")
        for row in cells:
            text.write('"' + '","'.join(row) + '"\n')
        text.close()


def req(out, enterprises, seed):
    rng = random.Random(seed)
    vocabulary = words(rng, 300_000)
    first = 9_900_000_000
    persons = bytearray(enterprises)
    between = ("2001-01-01", "CIE1", "2024-01-01", "2024", "2024", "2024-06-15", "2023", "2023-06-15", "2001-01-01", "7771", "1",
               "Bureaux d’essai", "", "", "", "", "2001-01-01", "N", "N", "N", "", "", "", "", "N")

    def entreprise():
        for at in range(enterprises):
            persons[at] = rng.random() < 0.3
            status = "IM" if rng.random() < 0.45 else rng.choice(["RD", "RO", "RX"])
            yield (str(first + at), "N", "2001-01-01", "CIE1", "A", "", status, "IND" if persons[at] else "CIE", *between, *STREET)

    def nom():
        for at in range(enterprises):
            neq, kind = str(first + at), "A" if persons[at] else "N"
            yield neq, name(rng, vocabulary), "", "V", kind, "2001-01-01", ""
            if rng.random() < 0.25:
                yield neq, name(rng, vocabulary), "", rng.choice("VA"), "A", "2001-01-01", ""

    def anyone():
        return str(first + rng.randrange(enterprises))

    def etablissements():
        for _ in range(enterprises // 4):
            named = name(rng, vocabulary) if rng.random() < 0.35 else ""
            yield (anyone(), "1", "O", "N", "N", "N", *STREET, "7771", "Bureaux d’essai", "1", "", "", "", named)

    def fusions():
        for _ in range(enterprises // 22):
            other, code = anyone() if rng.random() < 0.78 else "", "SCI" if rng.random() < 0.05 else "FUS"
            yield anyone(), other, name(rng, vocabulary), code, "2015-01-01", "N", *STREET

    def continuations():
        for _ in range(enterprises // 30):
            yield anyone(), "CON", "CAN", "", "Ottawa", "2011-03-01"

    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        rows(archive, "Entreprise", ENTERPRISES, entreprise())
        rows(archive, "Nom", NAMES, nom())
        rows(archive, "Etablissements", ESTABLISHMENTS, etablissements())
        rows(archive, "FusionScissions", RELATIONS, fusions())
        rows(archive, "ContinuationsTransformations", CHANGES, continuations())
        archive.writestr("DomaineValeur.csv", "\ufeff" + LABELS)


def release(rng, vocabulary, number):
    buyer = f"Organisme fictif {rng.randrange(400)}"
    day = f"20{rng.randint(21, 26)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    address = {"streetAddress": "1, rue de l’Essai", "locality": "Québec", "postalCode": "G1A 0A0"}
    parties = [{"id": f"FO-{n}", "name": name(rng, vocabulary), "roles": ["supplier"], "address": address,
                "details": {"neq": str(9_900_000_000 + rng.randrange(2_900_000))}} for n in range(rng.randint(1, 4))]
    ours = {"id": f"OP-{buyer[-3:]}", "name": buyer}
    items = [{"id": n, "description": "Article imaginaire " * 3,
              "classification": {"scheme": "UNSPSC", "id": str(rng.randint(10**7, 10**8))}} for n in range(4)]
    value = {"amount": rng.randint(1000, 10**7) / 100, "currency": "CAD"}
    return {
        "ocid": f"ocds-ec9k95-{number}", "id": f"R-{number}", "date": f"{day}T10:00:00-05:00", "tag": ["contract"],
        "language": "fr", "initiationType": "tender", "buyer": ours,
        "parties": parties + [{**ours, "roles": ["buyer"], "details": {"municipal": "0"}}],
        "tender": {"id": f"T-{number}", "title": "Services fictifs " + rng.choice(vocabulary), "status": "complete",
                   "procurementMethod": rng.choice(["open", "direct", "limited"]), "items": items},
        "awards": [{"id": "A", "date": day, "value": value, "suppliers": [{"id": "FO-0", "name": parties[0]["name"]}]}],
        "contracts": [{"id": f"C-{number}", "awardID": "A", "status": "active", "dateSigned": day, "value": value,
                       "period": {"startDate": day, "endDate": "2028-12-31"}}],
    }


def ocds(out, megabytes, seed):
    rng = random.Random(seed)
    vocabulary = words(rng, 20_000)
    written, number = 0, 0
    with open(out, "w", encoding="utf-8") as text:
        text.write('{"version":"1.1","publisher":{"name":"Fictif"},"releases":[')
        while written < megabytes * 1_000_000:
            number += 1
            piece = json.dumps(release(rng, vocabulary, number), ensure_ascii=False, separators=(",", ":"))
            text.write(piece if number == 1 else "," + piece)
            written += len(piece.encode())
        text.write("]}")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("what", choices=["req", "ocds"])
parser.add_argument("out")
parser.add_argument("--enterprises", type=int, default=2_900_000)
parser.add_argument("--megabytes", type=int, default=500)
parser.add_argument("--seed", type=int, default=1)
arguments = parser.parse_args()
if arguments.what == "req":
    req(arguments.out, arguments.enterprises, arguments.seed)
else:
    ocds(arguments.out, arguments.megabytes, arguments.seed)
