#!/usr/bin/env python3
"""An independent opinion on legal time, for `tests/it/legal_time.rs`.

Written from the law and the calendar, not from the Rust: it walks the days one by one and asks `zoneinfo` (the system's
time zone data) where the Rust counts weeks and asks `chrono-tz`. Standard library only.

Input, one JSON object per line. The first names the calendars:

    {"calendars": [{"weekend": [6, 7], "holidays": ["2026-01-01", …]}, …]}

and each of the others is one question, answered by one line holding a JSON value, in the same order:

    op        arguments (besides "calendar", an index)                    answer
    between   from, to                                                    integer
    add       from, days                                                  "AAAA-MM-JJ"
    subtract  from, days                                                  "AAAA-MM-JJ"
    due       from, days, unit                                            "AAAA-MM-JJ"
    late      fact, filed, days, unit, when                               integer
    age       from, to                                                    integer
    reminders received, due, escalate_after                               [[kind, "AAAA-MM-JJ"], …]
    working   instant (UTC), zone, start, end                             "AAAA-MM-JJTHH:MM:SS" (UTC)
    date      instant (UTC), zone                                         "AAAA-MM-JJ"
    wall      date, hour, minute, zone                                    "AAAA-MM-JJTHH:MM:SS" (UTC)

`unit` is "business" or "calendar", `when` is "before" or "after".
"""

import json
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
UTC = timezone.utc


class Calendar:
    def __init__(self, weekend, holidays):
        self.weekend = set(weekend)
        self.holidays = {date.fromisoformat(day) for day in holidays}

    def worked(self, day):
        return day.isoweekday() not in self.weekend and day not in self.holidays

    def carried(self, day):
        while not self.worked(day):
            day += DAY
        return day

    def walk(self, day, count, step):
        while count > 0:
            day += step
            if self.worked(day):
                count -= 1
        return day

    def between(self, start, end):
        if end < start:
            return -self.between(end, start)
        count, day = 0, start
        while day < end:
            day += DAY
            count += self.worked(day)
        return count

    def due(self, start, days, unit):
        last = self.walk(start, days, DAY) if unit == "business" else start + timedelta(days=days)
        return self.carried(last)

    def late(self, fact, filed, days, unit, when):
        if when == "after":
            limit = self.due(fact, days, unit)
        elif unit == "business":
            limit = self.walk(fact, days, -DAY)
        else:
            limit = fact - timedelta(days=days)
        if filed <= limit:
            return 0
        # Filed on the Saturday after a Friday limit: late, whatever the unit.
        return max(1, self.between(limit, filed)) if unit == "business" else (filed - limit).days

    def reminders(self, received, due, escalate_after):
        due = self.carried(due)
        found = []
        half = self.between(received, due) // 2
        if half > 0:
            found.append((self.walk(received, half, DAY), 0, "half"))
        found.append((due, 1, "due"))
        for day in sorted({self.carried(due + timedelta(days=7 * week)) for week in range(1, 9)}):
            found.append((day, 2, "weekly"))
        found.append((self.walk(due, max(1, escalate_after), DAY), 3, "escalate"))
        return [[kind, day.isoformat()] for day, _, kind in sorted(found)]

    def working(self, instant, zone, start, end):
        """Tries the instant, then every half hour of UTC after it: offsets here are whole hours."""
        step = timedelta(minutes=30)
        while True:
            local = instant.astimezone(zone)
            if start <= local.hour < end and self.worked(local.date()):
                return instant
            floor = instant.replace(minute=instant.minute - instant.minute % 30, second=0, microsecond=0)
            instant = floor + step


def wall(day, hour, minute, zone):
    """A time said twice in autumn is the first; one skipped in spring is the next hour that exists."""
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone, fold=0)
    while local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        local += timedelta(hours=1)
    return local.astimezone(UTC)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def said(instant):
    return instant.replace(tzinfo=None).isoformat(timespec="seconds")


def answer(calendars, ask):
    calendar = calendars[ask["calendar"]]
    day = {key: date.fromisoformat(ask[key]) for key in ("from", "to", "fact", "filed", "received", "due", "date") if key in ask}
    zone = ZoneInfo(ask["zone"]) if "zone" in ask else None
    match ask["op"]:
        case "between":
            return calendar.between(day["from"], day["to"])
        case "add":
            return calendar.walk(day["from"], ask["days"], DAY).isoformat()
        case "subtract":
            return calendar.walk(day["from"], ask["days"], -DAY).isoformat()
        case "due":
            return calendar.due(day["from"], ask["days"], ask["unit"]).isoformat()
        case "late":
            return calendar.late(day["fact"], day["filed"], ask["days"], ask["unit"], ask["when"])
        case "age":
            return max(0, calendar.between(day["from"], day["to"]))
        case "reminders":
            return calendar.reminders(day["received"], day["due"], ask["escalate_after"])
        case "working":
            return said(calendar.working(utc(ask["instant"]), zone, ask["start"], ask["end"]))
        case "date":
            return utc(ask["instant"]).astimezone(zone).date().isoformat()
        case "wall":
            return said(wall(day["date"], ask["hour"], ask["minute"], zone))
    raise ValueError(f"unknown question: {ask}")


def main():
    calendars = [Calendar(**entry) for entry in json.loads(sys.stdin.readline())["calendars"]]
    for line in sys.stdin:
        print(json.dumps(answer(calendars, json.loads(line))))


if __name__ == "__main__":
    main()
