-- The journal as a Merkle tree (RFC 6962): the hash of each complete subtree of 256 and of 65,536 events. The others are
-- computed from the leaves when they are needed.
CREATE TABLE journal_nodes (
    -- 8: 256 events; 16: 65,536.
    height INTEGER NOT NULL,
    position INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (height, position)
) STRICT;

-- What was signed: a tree head (C2SP tlog-checkpoint) as a signed note.
CREATE TABLE checkpoints (
    size INTEGER PRIMARY KEY,
    root TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

-- Where it was sent, outside the reach of whoever operates the database, or why it was not.
CREATE TABLE checkpoint_copies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    size INTEGER NOT NULL REFERENCES checkpoints (size),
    witness TEXT NOT NULL,
    at TEXT NOT NULL,
    error TEXT
) STRICT;
CREATE INDEX checkpoint_copies_size ON checkpoint_copies (size);

CREATE TRIGGER journal_nodes_no_update BEFORE UPDATE ON journal_nodes BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_nodes_no_delete BEFORE DELETE ON journal_nodes BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER checkpoint_copies_no_update BEFORE UPDATE ON checkpoint_copies BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER checkpoint_copies_no_delete BEFORE DELETE ON checkpoint_copies BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
