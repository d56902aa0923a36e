-- Copies of the whole register that were made, or could not be.
CREATE TABLE backups (
    id BIGSERIAL PRIMARY KEY,
    begun_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    -- Name of the file in its folder; nothing until it is whole.
    file TEXT,
    -- Events of the journal that it holds.
    size BIGINT,
    bytes BIGINT,
    error TEXT,
    -- When it was deleted, its time over.
    removed_at TIMESTAMP
);
CREATE INDEX backups_begun ON backups (begun_at);
