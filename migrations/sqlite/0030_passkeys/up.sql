-- Passkeys (WebAuthn): what a telephone, a computer or a security key proves its owner with.
CREATE TABLE passkeys (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    -- What its owner calls it.
    name TEXT NOT NULL,
    -- Identifier of the credential, base64url.
    credential_id TEXT NOT NULL UNIQUE,
    -- Public key, counter and flags, as the library writes them.
    credential TEXT NOT NULL,
    made_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX passkeys_person ON passkeys (person_id);
-- What a browser was asked to sign and did not answer yet: each serves once.
CREATE TABLE passkey_challenges (
    id TEXT PRIMARY KEY NOT NULL,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    -- register or sign
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX passkey_challenges_made ON passkey_challenges (made_at);
