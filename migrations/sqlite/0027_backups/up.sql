-- Copies of the whole register that were made, or could not be.
CREATE TABLE backups (
    id INTEGER PRIMARY KEY,
    begun_at TEXT NOT NULL,
    ended_at TEXT,
    -- Name of the file in its folder; nothing until it is whole.
    file TEXT,
    -- Events of the journal that it holds.
    size INTEGER,
    bytes INTEGER,
    error TEXT,
    -- When it was deleted, its time over.
    removed_at TEXT
) STRICT;
CREATE INDEX backups_begun ON backups (begun_at);
