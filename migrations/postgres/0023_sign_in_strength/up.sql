-- When the person of a session last proved who they are; nothing: when they signed in.
ALTER TABLE sessions ADD COLUMN confirmed_at TIMESTAMP;
-- What they proved it with: password, or totp for a password and a code.
ALTER TABLE sessions ADD COLUMN factor TEXT NOT NULL DEFAULT 'password';

-- The codes of a person (RFC 6238): their secret is wrapped by a master key that is not in the database.
CREATE TABLE second_factors (
    person_id BIGINT PRIMARY KEY REFERENCES persons (id),
    master_key TEXT NOT NULL,
    wrapped TEXT NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    -- Nothing until a first code proved that the telephone has the secret.
    confirmed_at TIMESTAMP,
    -- Step of the last code taken: none serves twice.
    last_step BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX second_factors_master ON second_factors (master_key);
