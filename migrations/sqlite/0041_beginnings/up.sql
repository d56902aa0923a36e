-- What begins on a day is looked for by its first day.
CREATE INDEX contracts_starts ON contracts (starts_on, id);
CREATE INDEX contracts_signed ON contracts (signed_on, id) WHERE starts_on IS NULL;
-- The unit that follows a contract, as the ministry's own books say.
ALTER TABLE contracts ADD COLUMN unit_id INTEGER;
