-- Stretches of the access log that the journal sealed. The nonce goes with what it sealed: nobody guesses afterwards who read a
-- file that was destroyed.
CREATE TABLE reading_seals (
    first_id INTEGER PRIMARY KEY NOT NULL,
    last_id INTEGER NOT NULL,
    -- The event that says the hash.
    event_seq INTEGER NOT NULL,
    nonce TEXT NOT NULL,
    sealed_at TEXT NOT NULL
) STRICT;
CREATE INDEX reading_seals_last ON reading_seals (last_id);
