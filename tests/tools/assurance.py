#!/usr/bin/env python3
"""Writes docs/assurance.md: what is promised, the tests that carry its number, and what they last said.

    assurance.py                     the tests alone, results kept from the file that is there
    assurance.py RESULTS DAY         with lines `test NAME ... ok|FAILED` and `ok|FAIL  NAME` of a run of that day
    assurance.py --check             fails when the promises and tests of the file are not those of the sources

A test carries the numbers of its own comment or name (`/// A04: …`, `fn a04_…`); those of a whole file are refused.
"""

import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEDGER = ROOT / "docs" / "assurance.md"
ID = re.compile(r"\b([ACDFIMNOPSTZ](?:0[1-9]|1[0-9]))\b")
HEAD = """# Assurance

What is promised, and what shows it. Written by `tests/tools/assurance.py` from `tests/data/assurance.toml`, the comment of each test
and the results of the last run; a story compares it with the sources. Each guard has its twin in the same test: the damage that it must
see. A promise without a test is one that nothing shows yet.

"""


def promises():
    return tomllib.loads((ROOT / "tests/data/assurance.toml").read_text(encoding="utf-8"))


def tests_of(path):
    """Name of each test of a file, with the numbers that its own comment and its own name carry."""
    relative = path.relative_to(ROOT).with_suffix("")
    is_story = relative.parts[0] == "tests"
    parts = [part for part in relative.parts[(2 if is_story else 1):] if part != "mod"]
    module = parts if is_story else [*parts, *(["tests"] if parts[-1] != "tests" else [])]
    comment, is_test = set(), False
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text.startswith("///"):
            comment |= set(ID.findall(text))
        elif text.startswith("#["):
            is_test = is_test or text in ("#[test]", "#[actix_web::test]")
        elif match := re.match(r"(?:pub )?(?:async )?fn (\w+)", text):
            if is_test:
                named = set(ID.findall(match[1].upper().replace("_", " ")))
                yield "::".join([*module, match[1]]), comment | named
            comment, is_test = set(), False
        elif text and not text.startswith(("//", ")", "reason")):
            comment, is_test = set(), is_test and not text.endswith("}")


def rust_tests():
    """Number -> names of the Rust tests that carry it. What a file says of itself proves nothing: each test says what it shows."""
    found = {}
    for path in [*sorted((ROOT / "tests/it").rglob("*.rs")), *sorted((ROOT / "src").rglob("*.rs"))]:
        for name, numbers in tests_of(path):
            for number in numbers:
                found.setdefault(number, []).append(name)
    return found


def of_whole_files():
    """Numbers at the head of a file of stories, which belong to the tests that show them."""
    for path in sorted((ROOT / "tests/it").rglob("*.rs")):
        heads = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("//!")]
        if numbers := sorted(set(ID.findall(" ".join(heads)))):
            yield f"{path.relative_to(ROOT)}: {', '.join(numbers)} of the whole file belong to the tests that show them"


def named_elsewhere():
    """What is shown by something else than a Rust test: the comment of the tool that does it."""
    found = {}
    for path in [*sorted((ROOT / "tests/browser").glob("*.mjs")), *sorted((ROOT / "tests/tools").glob("*.toml"))]:
        for number in ID.findall(path.read_text(encoding="utf-8")):
            found.setdefault(number, set()).add(str(path.relative_to(ROOT)))
    return {number: sorted(names) for number, names in found.items()}


def results(path):
    said = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := re.match(r"test (\S+) \.\.\. (ok|FAILED|ignored)", line):
            # The worst of several runs counts.
            if said.get(match[1]) != "failed":
                said[match[1]] = {"ok": "ok", "FAILED": "failed", "ignored": "ignored"}[match[2]]
    return said


def kept():
    """Test -> result and day, from the file that is there."""
    found = {}
    if LEDGER.exists():
        for match in re.finditer(r"`([\w:]+)` — (ok|failed|ignored), (\d{4}-\d\d-\d\d)", LEDGER.read_text(encoding="utf-8")):
            found[match[1]] = (match[2], match[3])
    return found


def table(said):
    tests, elsewhere = rust_tests(), named_elsewhere()
    rows = []
    for number, promise in sorted(promises().items()):
        shown = []
        for name in sorted(set(tests.get(number, []))):
            result = said.get(name)
            shown.append(f"`{name}` — {result[0]}, {result[1]}" if result else f"`{name}`")
        shown += [f"{name}" for name in elsewhere.get(number, [])]
        rows.append(f"| {number} | {promise} | {'<br>'.join(shown) if shown else '**nothing yet**'} |")
    bare = sum(1 for row in rows if "**nothing yet**" in row)
    head = f"{len(rows)} promises, {len(rows) - bare} with at least one test, {bare} with none.\n\n"
    return HEAD + head + "| | What must hold | What shows it |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def without_results(text):
    return re.sub(r" — (?:ok|failed|ignored), \d{4}-\d\d-\d\d", "", text)


def main(arguments):
    wrong = list(of_whole_files())
    if wrong:
        print("\n".join(wrong))
        return 1
    if arguments == ["--check"]:
        there = LEDGER.read_text(encoding="utf-8") if LEDGER.exists() else ""
        if without_results(there) != without_results(table({})):
            print("docs/assurance.md is not up to date: run tests/tools/assurance.py")
            return 1
        return 0
    said = kept()
    if len(arguments) == 2:
        said |= {name: (result, arguments[1]) for name, result in results(pathlib.Path(arguments[0])).items()}
    LEDGER.write_text(table(said), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
