-- Codes on paper, for whoever lost what proves who they are. Each serves once; hashes alone are kept.
CREATE TABLE recovery_codes (
    hash TEXT PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id),
    made_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX recovery_codes_person ON recovery_codes (person_id);
