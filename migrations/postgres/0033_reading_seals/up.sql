-- Stretches of the access log that the journal sealed. The nonce goes with what it sealed: nobody guesses afterwards who read a
-- file that was destroyed.
CREATE TABLE reading_seals (
    first_id BIGINT PRIMARY KEY,
    last_id BIGINT NOT NULL,
    -- The event that says the hash.
    event_seq BIGINT NOT NULL,
    nonce TEXT NOT NULL,
    sealed_at TIMESTAMP NOT NULL
);
CREATE INDEX reading_seals_last ON reading_seals (last_id);
