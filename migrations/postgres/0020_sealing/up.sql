-- The key that encrypts the words of a file, wrapped by a master key that is not in the database.
CREATE TABLE data_keys (
    declaration_id BIGINT PRIMARY KEY REFERENCES declarations (id) ON DELETE CASCADE,
    -- True: all of the file is sealed; false: what people write to each other about it.
    whole BOOLEAN NOT NULL,
    master_key TEXT NOT NULL,
    wrapped TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE INDEX data_keys_master ON data_keys (master_key);

-- What a sealed file says, encrypted; the columns that would say it in clear say nothing then.
ALTER TABLE declarations ADD COLUMN sealed TEXT;

-- The key of the content of a file joined, encrypted; nothing when the content is not.
ALTER TABLE attachments ADD COLUMN sealed_key TEXT;
