-- What one person asks and another approves.
CREATE TABLE acts (
    id BIGSERIAL PRIMARY KEY,
    kind TEXT NOT NULL,
    -- What it is about: an approval opens this and nothing else.
    subject TEXT NOT NULL,
    -- All that is needed to carry it out, as JSON.
    act TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_by BIGINT NOT NULL REFERENCES persons (id),
    asked_at TIMESTAMP NOT NULL,
    -- It can be approved, or used once approved, until then.
    expires_at TIMESTAMP NOT NULL,
    -- asked, approved, refused, withdrawn
    state TEXT NOT NULL,
    -- Never the person who asked, but to take back one's own request.
    decided_by BIGINT REFERENCES persons (id) CHECK (state = 'withdrawn' OR decided_by <> asked_by),
    decided_at TIMESTAMP,
    words TEXT
);
CREATE INDEX acts_subject ON acts (kind, subject, state);
