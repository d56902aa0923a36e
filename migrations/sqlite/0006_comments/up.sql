-- What people write to each other about a file, or for themselves, without changing where it is (ux.md W7).
CREATE TABLE comments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    -- The answer it is about: an id of the kind file; null when about the whole.
    field TEXT,
    -- 'private', 'readers', 'person'
    audience TEXT NOT NULL,
    text TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES persons (id),
    written_at TEXT NOT NULL
) STRICT;
CREATE INDEX comments_declaration ON comments (declaration_id, id);
CREATE TRIGGER comments_no_update BEFORE UPDATE ON comments BEGIN SELECT RAISE(ABORT, 'comments are append-only'); END;
CREATE TRIGGER comments_no_delete BEFORE DELETE ON comments BEGIN SELECT RAISE(ABORT, 'comments are append-only'); END;
