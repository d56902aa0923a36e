-- When the tables were held against the journal, and what was found.
CREATE TABLE comparisons (
    id INTEGER PRIMARY KEY,
    begun_at TEXT NOT NULL,
    ended_at TEXT,
    events INTEGER,
    files INTEGER,
    -- How many differences; the first one, as a sentence.
    differences INTEGER,
    first TEXT,
    error TEXT
) STRICT;
CREATE INDEX comparisons_begun ON comparisons (begun_at);
