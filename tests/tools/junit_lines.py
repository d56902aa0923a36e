#!/usr/bin/env python3
"""Prints a JUnit report as one line per check and leaves {"passed": N, "failed": N} in a file.

junit_lines.py REPORT.xml RESULTS.json
"""

import json
import sys
import xml.etree.ElementTree as ET

report, results = sys.argv[1:3]
passed = failed = skipped = 0
for case in ET.parse(report).getroot().iter("testcase"):
    name = case.get("name", "?")
    wrong = case.findall("failure") + case.findall("error")
    if case.find("skipped") is not None:
        skipped += 1
        print(f"skip  {name}: {(case.find('skipped').get('message') or '').strip()[:200]}")
    elif wrong:
        failed += 1
        print(f"FAIL  {name}")
        for found in wrong:
            text = (found.get("message") or found.text or "").strip()
            print("\n".join(f"        {line}" for line in text.splitlines()[:25]))
    else:
        passed += 1
        print(f"ok    {name} ({float(case.get('time', 0)):.1f} s)")
with open(results, "w", encoding="utf-8") as file:
    json.dump({"passed": passed, "failed": failed, "skipped": skipped}, file)
