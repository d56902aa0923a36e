-- An account is suspended at once, by one person, with a reason; two people open it again.
ALTER TABLE accounts ADD COLUMN suspended_at TIMESTAMP;
ALTER TABLE accounts ADD COLUMN suspended_by BIGINT REFERENCES persons (id);
ALTER TABLE accounts ADD COLUMN suspended_reason TEXT;
