-- The body that a person on loan belongs to; empty for the others.
ALTER TABLE persons ADD COLUMN home_body TEXT NOT NULL DEFAULT '';
