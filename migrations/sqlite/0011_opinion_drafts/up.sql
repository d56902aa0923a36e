-- An opinion half written: its author finds it again, nobody else does, and it goes with the answer. Sealed as its
-- request is.
CREATE TABLE opinion_drafts (
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    author_id INTEGER NOT NULL REFERENCES persons (id),
    -- What was typed, as the page sends it: pairs of name and value, in JSON.
    typed TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (declaration_id, author_id)
) STRICT, WITHOUT ROWID;
