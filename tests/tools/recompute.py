#!/usr/bin/env python3
"""Recomputes the figures of an audit report from the exported register, without using any code of the product.

    recompute.py REGISTER.csv [--report REPORT.json]       prints the figures, or compares them with the report's

The register is the CSV that the product exports: UTF-8 with a byte order mark, `;` between columns, a decimal comma
and dates as 2026-11-03 (French); `,` between columns and a decimal point (English). A JSON export, a list of objects
or {"declarations": […]}, is read as well. The report is a JSON object of figure names to values, as written by the
product beside the PDF.

To do when the export exists: the names in COLUMNS, then one function per figure under FIGURES. Each figure repeats its
definition in words above it, so that somebody who knows the report can check it without reading the product.
Exit code: 0 when every figure is the same, 1 otherwise, 2 when the files cannot be read.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

# The name used below → the names the column may have in an export (French first).
COLUMNS = {
    "reference": ["Référence", "Reference", "reference"],
    "kind": ["Type", "Kind", "kind", "type"],
    "state": ["État", "State", "state", "etat"],
    "submitted_on": ["Soumise le", "Submitted on", "submitted_on", "premier_depot", "first_filed_on"],
    "decided_on": ["Décidée le", "Decided on", "decided_on", "decidee_le"],
    "due_on": ["Échéance", "Due on", "due_on", "echeance"],
    "outcome": ["Décision", "Outcome", "outcome", "resultat"],
    "value": ["Valeur", "Value", "value", "valeur"],
    "measure_states": ["mesures_etats", "measure_states"],
}

# A cell that begins with one of these was given an apostrophe, so that a spreadsheet does not compute it.
FORMULA_STARTS = ("=", "+", "-", "@")


class Unreadable(Exception):
    """An export which is not what the page above describes."""


def read_register(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".json":
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, list) else found["declarations"]
    raw = path.read_bytes()
    if not raw.startswith(b"\xef\xbb\xbf"):
        raise Unreadable(f"{path}: no byte order mark, a spreadsheet would misread the accents")
    text = raw.decode("utf-8-sig")
    separator = ";" if text.split("\n", 1)[0].count(";") >= text.split("\n", 1)[0].count(",") else ","
    rows = csv.DictReader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    return [{key: unprotected(value) for key, value in row.items()} for row in rows]


def unprotected(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def cell(row: dict, name: str) -> str:
    for column in COLUMNS[name]:
        if column in row:
            return "" if row[column] is None else str(row[column]).strip()
    raise Unreadable(f"no column for {name} among {', '.join(row)}")


def amount(text: str) -> Decimal | None:
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("$", "").replace(",", ".")
    return Decimal(plain) if plain else None


def day(text: str) -> date | None:
    return datetime.fromisoformat(text).date() if text else None


# --- the figures -----------------------------------------------------------------------------------------------------


def declarations(rows):
    """How many declarations were submitted, whatever became of them; a draft is not one."""
    return sum(1 for row in rows if cell(row, "submitted_on"))


def by_kind(rows):
    """The same, by kind."""
    return dict(sorted(Counter(cell(row, "kind") for row in rows if cell(row, "submitted_on")).items()))


def decided_late(rows):
    """How many were decided after the day they were due."""
    late = 0
    for row in rows:
        decided, due = day(cell(row, "decided_on")), day(cell(row, "due_on"))
        late += decided is not None and due is not None and decided > due
    return late


def median_days_to_decide(rows):
    """The middle number of calendar days from submission to decision; of an even count, the mean of the two."""
    days = sorted(
        (day(cell(row, "decided_on")) - day(cell(row, "submitted_on"))).days
        for row in rows
        if cell(row, "decided_on") and cell(row, "submitted_on")
    )
    if not days:
        return None
    middle = len(days) // 2
    return days[middle] if len(days) % 2 else (days[middle - 1] + days[middle]) / 2


def total_value(rows):
    """The sum of the values declared, in dollars, as text with two decimals."""
    return f"{sum((amount(cell(row, 'value')) or Decimal(0) for row in rows), Decimal(0)):.2f}"


def measures(rows):
    """How many measures the decisions asked for, and how many of them stand in each state."""
    states = [
        state
        for row in rows
        for state in (cell(row, "measure_states").split(" | ") if cell(row, "measure_states") else [])
    ]
    counts = Counter(states)
    names = ("verified", "proof_given", "open", "overdue", "lifted")
    return {"asked": len(states)} | {name: counts[name] for name in names}


FIGURES = {
    "declarations": declarations,
    "by_kind": by_kind,
    "decided_late": decided_late,
    "median_days_to_decide": median_days_to_decide,
    "total_value": total_value,
    "measures": measures,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", type=Path)
    parser.add_argument("--report", type=Path)
    arguments = parser.parse_args()
    try:
        rows = read_register(arguments.register)
        figures = {name: compute(rows) for name, compute in FIGURES.items()}
        reported = json.loads(arguments.report.read_text(encoding="utf-8")) if arguments.report else None
    except (Unreadable, OSError, KeyError, ValueError, ArithmeticError, csv.Error) as error:
        print(f"cannot recompute: {error}", file=sys.stderr)
        return 2
    if reported is None:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return 0
    different = 0
    for name in sorted(FIGURES.keys() | reported.keys()):
        ours, theirs = figures.get(name, "not recomputed"), reported.get(name, "not reported")
        same = ours == theirs
        different += not same
        print(f"{'ok   ' if same else 'FAIL '} {name}: {ours}" + ("" if same else f", the report says {theirs}"))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
