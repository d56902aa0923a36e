-- Somebody read, or tried to read, more than usual on a day.
CREATE TABLE reading_alarms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    day TEXT NOT NULL,
    files INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    raised_at TEXT NOT NULL,
    note TEXT,
    answered_by INTEGER REFERENCES persons (id),
    answered_at TEXT,
    UNIQUE (person_id, day)
) STRICT;

-- The log of a day.
CREATE INDEX access_log_at ON access_log (at);
