-- Drafts that nobody came back to: their owner is told, then they go. A draft that changes after the letter begins anew.
CREATE TABLE draft_notices (
    declaration_id INTEGER PRIMARY KEY NOT NULL REFERENCES declarations (id) ON DELETE CASCADE,
    told_on TEXT NOT NULL
) STRICT;
CREATE INDEX declarations_drafts ON declarations (changed_at, id) WHERE state = 'draft';
