-- What the person a file is about asks to have rectified, and the answer. The file stays as it was filed: the annotation is
-- read with it (A-2.1, s. 89 and 91).
CREATE TABLE rectifications (
    id INTEGER PRIMARY KEY,
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    -- The request that this answers; null for a request.
    request_id INTEGER REFERENCES rectifications (id),
    -- Of an answer: granted or refused.
    verdict TEXT,
    -- The answer on file that it is about: an id of the kind file; null when about the whole.
    field TEXT,
    -- Encrypted with the key of the file.
    text TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES persons (id),
    written_at TEXT NOT NULL
) STRICT;
CREATE INDEX rectifications_declaration ON rectifications (declaration_id, id);
CREATE UNIQUE INDEX rectifications_answered_once ON rectifications (request_id) WHERE request_id IS NOT NULL;
CREATE TRIGGER rectifications_no_update BEFORE UPDATE ON rectifications BEGIN SELECT RAISE(ABORT, 'rectifications are append-only'); END;
CREATE TRIGGER rectifications_no_delete BEFORE DELETE ON rectifications
WHEN NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
BEGIN SELECT RAISE(ABORT, 'rectifications are append-only'); END;
