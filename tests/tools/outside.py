#!/usr/bin/env python3
"""Files as large as the real ones, with nothing real in them.

    tests/tools/outside.py req OUT.zip [--enterprises 2900000] [--seed 1]
    tests/tools/outside.py ocds OUT.json [--megabytes 500] [--seed 1]

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


def req(out, enterprises, seed):
    rng = random.Random(seed)
    vocabulary = words(rng, 300_000)
    first = 9_900_000_000
    filler = ',"N","","","","","1, rue de l’Essai","G1A 0A0","Québec"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        persons = []
        with archive.open("Entreprise.csv", "w", force_zip64=True) as raw:
            text = io.TextIOWrapper(raw, "utf-8", write_through=False)
            text.write('\ufeff"NEQ","COD_STAT_IMMAT","COD_FORME_JURI","IND_FAIL","A","B","C","D",'
                       '"ADR_DOMCL_LIGN1_ADR","ADR_DOMCL_LIGN2_ADR","ADR_DOMCL_LIGN3_ADR"\n')
            for at in range(enterprises):
                person = rng.random() < 0.3
                persons.append(person)
                status = "IM" if rng.random() < 0.45 else rng.choice(["RD", "RO", "RX"])
                text.write(f'"{first + at}","{status}","{"IND" if person else "CIE"}"{filler}\n')
            text.close()
        with archive.open("Nom.csv", "w", force_zip64=True) as raw:
            text = io.TextIOWrapper(raw, "utf-8")
            text.write('"NEQ","NOM_ASSUJ","NOM_ASSUJ_LANG_ETRNG","STAT_NOM","TYP_NOM_ASSUJ","DAT_INIT_NOM_ASSUJ"\n')
            for at in range(enterprises):
                kind = "A" if persons[at] else "N"
                text.write(f'"{first + at}","{name(rng, vocabulary)}","","V","{kind}","2001-01-01"\n')
                if rng.random() < 0.25:
                    status = rng.choice("VA")
                    text.write(f'"{first + at}","{name(rng, vocabulary)}","","{status}","A","2001-01-01"\n')
            text.close()
        with archive.open("FusionScissions.csv", "w") as raw:
            raw.write(b"NEQ,NEQ_ASSUJ_REL,COD_RELA_ASSUJ\n")
            for _ in range(enterprises // 30):
                raw.write(f"{first + rng.randrange(enterprises)},{first + rng.randrange(enterprises)},FUS\n".encode())
        archive.writestr("DomaineValeur.csv", "TYP_DOM_VAL,COD_DOM_VAL,VAL_DOM_FRAN\nFORME_JURI,CIE,Compagnie\n")


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
