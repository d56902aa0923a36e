-- An account is suspended at once, by one person, with a reason; two people open it again.
ALTER TABLE accounts ADD COLUMN suspended_at TEXT;
ALTER TABLE accounts ADD COLUMN suspended_by INTEGER REFERENCES persons (id);
ALTER TABLE accounts ADD COLUMN suspended_reason TEXT;
