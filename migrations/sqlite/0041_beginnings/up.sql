-- What begins on a day is looked for by its first day, which is that of the signature when it says no other.
CREATE INDEX contracts_begin ON contracts (starts_on, signed_on, id);
-- The unit that follows a contract, as the ministry's own books say.
ALTER TABLE contracts ADD COLUMN unit_id INTEGER;
