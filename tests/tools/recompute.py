#!/usr/bin/env python3
"""Recounts the figures of an audit report from the exported rows, without using any code of the product.

    recompute.py ROWS.csv                                            prints the figures it can find alone
    recompute.py ROWS.csv --report REPORT.json [--calendar DAYS.toml]  compares every figure with the report's

The rows are the CSV that the product exports, of the report or of the register: UTF-8 with a byte order mark, `;` between
columns and a decimal comma (French), `,` and a decimal point (English), dates as 2026-11-03. The report is the JSON written
beside the PDF, `probite.audit-report/2`: its `context` says what the rows are read in (the period, the day lateness is judged
on, how many people there are, the kinds), its `figures` are what is compared, key by key: one that is not recounted here is a
difference too. Both are in the same language. With the working calendar of the product (`config/calendars/quebec.toml`), the
days that each row gives are counted again from its dates.

Each figure repeats its definition in words, so that somebody who knows the report can check it without reading the product.
What a row says and the export does not let anybody count again (since when somebody has a file, whether the directory knew a
supervisor) is recounted from the database by the story `tests/it/recount.rs`.

Standard library only. Exit code: 0 when everything is the same, 1 otherwise, 2 when the files cannot be read.
"""

import argparse
import csv
import hashlib
import io
import json
import sys
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

# Each column: its French and English names, what a row of the report calls it (nothing: it says another cell in words), and how a
# cell is read.
COLUMNS = [
    ("reference", "reference", "reference", "text"),
    ("type", "kind", "kind", "text"),
    ("type_titre", "kind_title", "kind_title", "text"),
    ("unite", "unit_code", "unit_code", "text"),
    ("unite_nom", "unit_name", "unit_name", "text"),
    ("numero", "declarant_number", "declarant_number", "text"),
    ("personne", "declarant_name", "declarant_name", "text"),
    ("etat", "state", "state", "text"),
    ("etat_titre", "state_label", None, "text"),
    ("resultat", "outcome", "outcome", "maybe"),
    ("resultat_titre", "outcome_label", "outcome_label", "maybe"),
    ("nature", "tone", "tone", "maybe"),
    ("motif", "reason", "reason", "maybe"),
    ("mesures", "measures", "measures", "list"),
    ("mesures_etats", "measure_states", "measure_states", "list"),
    ("premier_depot", "first_filed_on", "first_filed_on", "day"),
    ("date_fait", "occurred_on", "occurred_on", "day"),
    ("jours_retard_depot", "days_late", "days_late", "number"),
    ("decidee_le", "decided_on", "decided_on", "day"),
    ("decidee_par", "decider_name", "decider_name", "maybe"),
    ("delai_jours_ouvrables", "decision_days", "decision_days", "number"),
    ("echeance", "due_on", "due_on", "day"),
    ("a_temps", "on_time", "on_time", "yes_no"),
    ("detenu_par", "holder_name", "holder_name", "maybe"),
    ("detenu_jours_ouvrables", "held_days", "held_days", "number"),
    ("signal", "attention", "attention", "number"),
    ("entreprise", "company_name", "company_name", "maybe"),
    ("neq", "neq", "neq", "maybe"),
    ("valeur", "value", "value_cents", "cents"),
    ("categorie", "category", "category", "maybe"),
    ("categorie_titre", "category_label", "category_label", "maybe"),
    ("disposition", "disposition", "disposition", "maybe"),
    ("disposition_titre", "disposition_label", "disposition_label", "maybe"),
    ("gestionnaire_manquant", "supervisor_missing", "supervisor_missing", "yes_no"),
    ("retard_jours_ouvrables", "overdue_days", "overdue_days", "number"),
]

STATES = ["submitted", "under_review", "info_requested", "with_ethics", "decided", "monitoring", "closed", "withdrawn"]
OPEN_STATES = STATES[:4]

# Lower bounds: of the values of gifts, in cents; of how long somebody has had a file, in business days.
GIFT_BINS = [0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]
AGE_BANDS = [0, 3, 6, 11]

# Most items of a list of files or people, of a list of units or companies; characters of a reason.
LIST_LIMIT, GROUP_LIMIT, REASON_LIMIT = 12, 200, 420


class Unreadable(Exception):
    """An export which is not what the page above describes."""


# --- reading ---------------------------------------------------------------------------------------------------------

# A cell that a spreadsheet would compute was given an apostrophe.
FORMULA_STARTS = set("=+-@\t\r\n\0＝＋－＠")
HIDING = set("'\ufeff") | {chr(code) for code in range(0x200B, 0x2010)}


def looks_like_formula(text):
    for c in text:
        if c in FORMULA_STARTS:
            return True
        if not (c in HIDING or c.isspace()):
            return False
    return False


def restored(text):
    return text[1:] if text.startswith("'") and looks_like_formula(text[1:]) else text


def day(text):
    return date.fromisoformat(text) if text else None


def cents(text):
    return int(Decimal(text.replace(",", ".")) * 100) if text else None


READ = {
    "text": restored,
    "maybe": lambda text: restored(text) or None,
    "list": lambda text: restored(text).split(" | ") if text else [],
    "day": day,
    "number": lambda text: int(text) if text else None,
    "yes_no": lambda text: {"": None, "oui": True, "yes": True, "non": False, "no": False}[text],
    "cents": cents,
}


def read_rows(path):
    raw = path.read_bytes()
    if not raw.startswith(b"\xef\xbb\xbf"):
        raise Unreadable(f"{path}: no byte order mark, a spreadsheet would misread the accents")
    text = raw.decode("utf-8-sig")
    head = text.split("\r\n", 1)[0]
    french = head.count(";") > head.count(",")
    table = csv.reader(io.StringIO(text, newline=""), delimiter=";" if french else ",", strict=True)
    names = next(table)
    wanted = [fr if french else en for fr, en, _, _ in COLUMNS]
    if names[: len(wanted)] != wanted:
        raise Unreadable(f"{path}: its columns are {names}")
    rows = [
        {key: READ[how](cell) for (_, _, key, how), cell in zip(COLUMNS, line, strict=False) if key}
        for line in table
        if line
    ]
    # The register leaves in the order of its pages.
    return sorted(rows, key=lambda row: row["reference"])


# --- words of the definitions ----------------------------------------------------------------------------------------


def standing(row):
    """Withdrawn; else decided when a decision is dated; else pending in an open state; else closed undecided."""
    if row["state"] == "withdrawn":
        return "withdrawn"
    if row["decided_on"]:
        return "decided"
    return "pending" if row["state"] in OPEN_STATES else "closed_undecided"


def stand(rows, *wanted):
    return [row for row in rows if standing(row) in wanted]


def overdue(rows, as_of):
    """Pending, and due before the day lateness is judged on."""
    return [row for row in stand(rows, "pending") if row["due_on"] and row["due_on"] < as_of]


def percentile(values, percent):
    """Nearest rank: of the sorted values, the one at ceil(n × percent / 100), from 1; none of nothing."""
    ranked = sorted(values)
    return ranked[max(1, -(-len(ranked) * percent // 100)) - 1] if ranked else None


def share(some, of):
    return {"count": len(some), "of": of if isinstance(of, int) else len(of)}


def bounded(items, most=LIST_LIMIT):
    return {"total": len(items), "items": items[:most]}


def has_reason(row):
    return bool((row["reason"] or "").strip())


def clipped(text, most=REASON_LIMIT):
    """At most so many characters, cut at a blank where one is in the last three tenths of the bytes, with an ellipsis."""
    text = text.strip()
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    blanks = [at for at, c in enumerate(kept) if c.isspace()]
    if blanks and len(kept[: blanks[-1]].encode()) * 10 > len(kept.encode()) * 7:
        kept = kept[: blanks[-1]]
    return kept.rstrip(" ,;.") + "…"


# --- the figures -----------------------------------------------------------------------------------------------------


def data(rows, context):
    """How many rows, and the SHA-256 of each as one line of compact JSON, in order of reference."""
    told = hashlib.sha256()
    for row in rows:
        line = {key: str(value) if isinstance(value, date) else value for key, value in row.items()}
        told.update((json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
    return {"rows": len(rows), "sha256": told.hexdigest()}


def totals(rows, context):
    """Each row in one of four standings; people counted once; rows by the highest severity that rules found."""
    count = lambda where: len(stand(rows, where))
    levels = Counter(min(max(row["attention"], 0), 3) for row in rows)
    return {
        "declarations": len(rows),
        "decided": count("decided"),
        "pending": count("pending"),
        "withdrawn": count("withdrawn"),
        "closed_undecided": count("closed_undecided"),
        "overdue": len(overdue(rows, context["as_of"])),
        "declarants": share({row["declarant_number"] for row in rows}, context["population"]),
        "attention": [levels[level] for level in range(4)],
    }


def delay(rows, context=None):
    """Business days from filing to decision, over decided rows; on time among those that had a day to be decided by."""
    decided = stand(rows, "decided")
    days = [row["decision_days"] for row in decided if row["decision_days"] is not None]
    judged = [row for row in decided if row["on_time"] is not None]
    return {
        "measured": len(days),
        "p50": percentile(days, 50),
        "p90": percentile(days, 90),
        "max": max(days, default=None),
        "on_time": share([row for row in judged if row["on_time"]], judged),
    }


def delay_days(rows, context):
    """How many decisions took exactly so many business days."""
    days = Counter(row["decision_days"] for row in stand(rows, "decided") if row["decision_days"] is not None)
    return [{"days": count, "count": days[count]} for count in sorted(days)]


def by_month(rows, context):
    """Every month of the period, by the day of the first filing."""
    months, first = [], context["from"].replace(day=1)
    while first <= context["to"]:
        of = [row for row in rows if row["first_filed_on"].replace(day=1) == first]
        kinds = Counter(row["kind"] for row in of)
        months.append({"month": f"{first:%Y-%m}", "declarations": len(of), "by_kind": dict(kinds)})
        first = (first + timedelta(days=32)).replace(day=1)
    return months


def by_kind(rows, context):
    """The kinds of the context in their order, with or without rows, then any other as it first appears."""
    titles = dict(context["kinds"])
    for row in rows:
        titles.setdefault(row["kind"], row["kind_title"])
    figures = []
    for kind, title in titles.items():
        of = [row for row in rows if row["kind"] == kind]
        figures.append({
            "kind": kind,
            "title": title,
            "declarations": len(of),
            "decided": len(stand(of, "decided")),
            "pending": len(stand(of, "pending")),
            "withdrawn": len(stand(of, "withdrawn")),
            "overdue": len(overdue(of, context["as_of"])),
            "filed_late": sum(row["days_late"] > 0 for row in of),
            "delay": delay(of),
        })
    return figures


def by_unit(rows, context):
    """By code of the unit; most declarations first, then code."""
    figures = []
    for code in {row["unit_code"] for row in rows}:
        of = [row for row in rows if row["unit_code"] == code]
        figures.append({
            "code": code,
            "name": of[0]["unit_name"],
            "declarations": len(of),
            "pending": len(stand(of, "pending")),
            "overdue": len(overdue(of, context["as_of"])),
            "delay": delay(of),
        })
    return bounded(sorted(figures, key=lambda unit: (-unit["declarations"], unit["code"])), GROUP_LIMIT)


def by_state(rows, context):
    """In the order of a declaration's life, none left out."""
    count = Counter(row["state"] for row in rows)
    return [{"state": state, "count": count[state]} for state in STATES + sorted(count.keys() - set(STATES))]


def pending_ages(rows, context):
    """Pending rows by the business days their holder has had them; a band of unknown ones when there is any."""
    late = {row["reference"] for row in overdue(rows, context["as_of"])}
    bands = {start: [] for start in [*AGE_BANDS, None]}
    for row in stand(rows, "pending"):
        held = row["held_days"]
        band = None if held is None else max((start for start in AGE_BANDS if start <= held), default=AGE_BANDS[0])
        bands[band].append(row["reference"])
    return [
        {"from": start, "count": len(of), "overdue": len(late.intersection(of))}
        for start, of in bands.items()
        if start is not None or of
    ]


def pending(rows, context):
    """What still waits: due first first, without a day last, then by reference; late by the business days of its row."""
    late = {row["reference"] for row in overdue(rows, context["as_of"])}
    waiting = sorted(stand(rows, "pending"), key=lambda row: (row["due_on"] or date.max, row["reference"]))
    keys = ("reference", "kind_title", "unit_code", "state", "holder_name", "held_days", "due_on")
    return bounded([
        {key: row[key] for key in keys}
        | {"overdue_days": row["overdue_days"] if row["reference"] in late else 0}
        for row in waiting
    ])


def outcomes(rows, context):
    """Decided rows by outcome; most first, then by id."""
    decided, figures = stand(rows, "decided"), []
    for outcome in {row["outcome"] or "" for row in decided}:
        of = [row for row in decided if (row["outcome"] or "") == outcome]
        figures.append({
            "outcome": outcome,
            "label": of[0]["outcome_label"] or outcome,
            "tone": of[0]["tone"],
            "count": len(of),
            "with_reason": sum(map(has_reason, of)),
            "with_measures": sum(bool(row["measures"]) for row in of),
        })
    return sorted(figures, key=lambda figure: (-figure["count"], figure["outcome"]))


def decisions_with_reason(rows, context):
    """Decided rows whose reason is not blank."""
    return sum(map(has_reason, stand(rows, "decided")))


def measures(rows, context):
    """Measures asked by decisions, whatever became of the rows, by where they stand."""
    states = Counter(state for row in rows for state in row["measure_states"])
    named = {name: states[name] for name in ("verified", "proof_given", "overdue", "lifted")}
    asked = sum(states.values())
    return {"asked": asked, "open": asked - sum(named.values())} | named


def decision_list(rows):
    """The last decided first, then by reference."""
    return bounded([
        {key: row[key] for key in ("reference", "kind_title", "unit_code", "tone", "decided_on", "decider_name")}
        | {
            "outcome_label": row["outcome_label"] or row["outcome"] or "",
            "reason": None if row["reason"] is None else clipped(row["reason"]),
            "measures": [clipped(measure) for measure in row["measures"][:8]],
        }
        for row in sorted(rows, key=lambda row: (-row["decided_on"].toordinal(), row["reference"]))
    ])


def strict(row):
    return row["tone"] in ("negative", "conditional")


def refusals_and_conditions(rows, context):
    """Decisions that refuse or set conditions."""
    return decision_list([row for row in stand(rows, "decided") if strict(row)])


def other_reasoned_decisions(rows, context):
    """The other decisions that give a reason."""
    return decision_list([row for row in stand(rows, "decided") if not strict(row) and has_reason(row)])


def gifts_of(rows, context):
    return [row for row in rows if row["kind"] in context["gift_kinds"] and standing(row) != "withdrawn"]


def values(rows):
    return [row["value_cents"] for row in rows if row["value_cents"] is not None]


def gift_groups(rows, key, label):
    """Most first, the unknown after its equals, then by id."""
    groups = []
    for name in {row[key] for row in rows}:
        of = [row for row in rows if row[key] == name]
        known = values(of)
        groups.append({
            "id": name,
            "label": of[0][label],
            "count": len(of),
            "without_value": len(of) - len(known),
            "value_cents": sum(known),
        })
    return sorted(groups, key=lambda group: (-group["count"], group["id"] is None, group["id"] or ""))


def gifts(rows, context):
    """Gifts that were not withdrawn: how many, for how much, what became of them."""
    of = gifts_of(rows, context)
    known = values(of)
    bins = [max((start for start in GIFT_BINS if start <= value), default=GIFT_BINS[0]) for value in known]
    return {
        "count": len(of),
        "without_value": len(of) - len(known),
        "value_cents": sum(known),
        "median_cents": percentile(known, 50),
        "max_cents": max(known, default=None),
        "by_disposition": gift_groups(of, "disposition", "disposition_label"),
        "by_category": gift_groups(of, "category", "category_label"),
        "by_value": [
            {"from_cents": start, "below_cents": below, "count": bins.count(start)}
            for start, below in zip(GIFT_BINS, [*GIFT_BINS[1:], None])
        ],
    }


def companies(rows, context):
    """One for each NEQ, else for each name in small letters; under the first of its names in byte order."""
    gift_references = {row["reference"] for row in gifts_of(rows, context)}
    of_company = {}
    for row in rows:
        neq, name = (row["neq"] or "").strip(), (row["company_name"] or "").strip()
        if neq or name:
            of_company.setdefault(neq or name.lower(), []).append((name or neq, neq or None, row))
    figures = []
    for found in of_company.values():
        received = [row for _, _, row in found if row["reference"] in gift_references]
        figures.append({
            "name": min(name for name, _, _ in found),
            "neq": found[0][1],
            "declarations": len(found),
            "declarants": len({row["declarant_number"] for _, _, row in found}),
            "gifts": len(received),
            "gift_cents": sum(values(received)),
        })
    return bounded(sorted(figures, key=lambda c: (-c["declarations"], c["name"], c["neq"] or "")), GROUP_LIMIT)


def filed_late(rows, context):
    """Filed after the limit that runs from the fact; the latest first."""
    late = [row for row in rows if row["days_late"] > 0]
    days = [row["days_late"] for row in late]
    keys = (
        "reference", "kind_title", "unit_code", "declarant_name", "occurred_on", "first_filed_on", "days_late",
    )
    ordered = sorted(late, key=lambda row: (-row["days_late"], row["reference"]))
    return {
        "share": share(late, rows),
        "p50": percentile(days, 50),
        "p90": percentile(days, 90),
        "max": max(days, default=None),
        "list": bounded([{key: row[key] for key in keys} for row in ordered]),
    }


def missing_supervisors(rows, context):
    """Rows of people to whom the directory gave no supervisor, and each of these people once."""
    without = [row for row in rows if row["supervisor_missing"]]
    people = []
    for unit, number in sorted({(row["unit_code"], row["declarant_number"]) for row in without}):
        of = [row for row in without if (row["unit_code"], row["declarant_number"]) == (unit, number)]
        keys = ("declarant_number", "declarant_name", "unit_code", "unit_name")
        people.append({key: of[0][key] for key in keys} | {"declarations": len(of)})
    return {"declarations": len(without), "people": bounded(people)}


FIGURES = {
    "data": data,
    "totals": totals,
    "by_month": by_month,
    "by_kind": by_kind,
    "by_unit": by_unit,
    "by_state": by_state,
    "delay": delay,
    "delay_days": delay_days,
    "pending_ages": pending_ages,
    "pending": pending,
    "outcomes": outcomes,
    "decisions_with_reason": decisions_with_reason,
    "measures": measures,
    "refusals_and_conditions": refusals_and_conditions,
    "other_reasoned_decisions": other_reasoned_decisions,
    "gifts": gifts,
    "companies": companies,
    "filed_late": filed_late,
    "missing_supervisors": missing_supervisors,
}


# --- the rows --------------------------------------------------------------------------------------------------------


def working_days(path):
    """Whether a day is worked, by the calendar of the product."""
    import tomllib

    calendar = tomllib.loads(path.read_text(encoding="utf-8"))
    weekend, holidays = set(calendar["weekend"]), {one["date"] for one in calendar["holiday"]}
    return lambda on: on.isoweekday() not in weekend and on not in holidays


def days_worked(worked, first, last):
    """The first day counts 0, the last one counts when it is worked."""
    return sum(worked(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def wrong_rows(rows, worked, as_of):
    """The days to a decision, whether it came on time, and by how many days one that is awaited is late, from the dates of the row:
    what is late on a day not worked is late by one."""
    late_ones = {row["reference"] for row in overdue(rows, as_of)}
    for row in rows:
        filed, decided = row["first_filed_on"], row["decided_on"]
        days = on_time = late = None
        if decided:
            days = days_worked(worked, filed, decided)
            on_time = decided <= row["due_on"] if row["due_on"] else None
        if row["reference"] in late_ones:
            late = max(1, days_worked(worked, row["due_on"], as_of))
        for key, recounted in (("decision_days", days), ("on_time", on_time), ("overdue_days", late)):
            if row[key] != recounted:
                yield f"{row['reference']} {key}", recounted, row[key]


# --- comparing -------------------------------------------------------------------------------------------------------


def plain(value):
    """As JSON says it."""
    return json.loads(json.dumps(value, default=str))


def differences(place, ours, theirs):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            inner = f"{place}.{key}" if place else key
            yield from differences(inner, ours.get(key, "not recounted"), theirs.get(key, "not reported"))
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for number, (one, other) in enumerate(zip(ours, theirs)):
            yield from differences(f"{place}[{number}]", one, other)
    elif ours != theirs or isinstance(ours, bool) != isinstance(theirs, bool):
        yield place, ours, theirs


def read_report(path):
    report = json.loads(path.read_text(encoding="utf-8"))
    if report.get("schema") != "probite.audit-report/2":
        raise Unreadable(f"{path}: its schema is {report.get('schema')}")
    context = report["context"]
    for key in ("from", "to", "as_of"):
        context[key] = date.fromisoformat(context[key])
    return context, report["figures"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--calendar", type=Path)
    arguments = parser.parse_args()
    try:
        rows = read_rows(arguments.rows)
        if arguments.report:
            context, reported = read_report(arguments.report)
        else:
            days = [row["first_filed_on"] for row in rows] or [date.today()]
            kinds = [row["kind"] for row in rows if row["disposition"]]
            context = {"from": min(days), "to": max(days), "as_of": date.today(), "population": 0, "kinds": [], "gift_kinds": kinds}
            reported = None
        figures = {name: plain(compute(rows, context)) for name, compute in FIGURES.items()}
        worked = working_days(arguments.calendar) if arguments.calendar else None
    except (Unreadable, OSError, KeyError, ValueError, ArithmeticError, TypeError, csv.Error) as error:
        print(f"cannot recompute: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    if reported is None:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return 0
    wrong = list(differences("", figures, reported))
    if worked:
        wrong += list(wrong_rows(rows, worked, context["as_of"]))
    for place, ours, theirs in wrong:
        print(f"FAIL  {place}: recounted {ours}, the report says {theirs}")
    if not wrong:
        print(f"ok    {len(rows)} rows, {len(figures)} groups of figures")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
