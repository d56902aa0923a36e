-- When the tables were held against the journal, and what was found.
CREATE TABLE comparisons (
    id BIGSERIAL PRIMARY KEY,
    begun_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    events BIGINT,
    files BIGINT,
    -- How many differences; the first one, as a sentence.
    differences BIGINT,
    first TEXT,
    error TEXT
);
CREATE INDEX comparisons_begun ON comparisons (begun_at);
