-- Codes on paper, for whoever lost what proves who they are. Each serves once; hashes alone are kept.
CREATE TABLE recovery_codes (
    hash TEXT PRIMARY KEY NOT NULL,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    made_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX recovery_codes_person ON recovery_codes (person_id);
