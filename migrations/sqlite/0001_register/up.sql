-- People and the organisation -------------------------------------------------------------------------------------

CREATE TABLE units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    parent_id INTEGER REFERENCES units (id),
    -- Codes from the top, '/'-separated and '/'-ended: subtrees are a prefix.
    path TEXT NOT NULL
) STRICT;
CREATE INDEX units_path ON units (path);

CREATE TABLE persons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL UNIQUE,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES units (id),
    site TEXT NOT NULL,
    supervisor_id INTEGER REFERENCES persons (id),
    regime TEXT NOT NULL,
    -- Deputy minister, assistant deputy minister, director general (policy, section 5): may prospect.
    position TEXT NOT NULL,
    language TEXT NOT NULL,
    active_from TEXT NOT NULL,
    active_until TEXT,
    -- Accents and case folded, for finding people.
    folded TEXT NOT NULL
) STRICT;
CREATE INDEX persons_supervisor ON persons (supervisor_id);
CREATE INDEX persons_unit ON persons (unit_id);
CREATE INDEX persons_folded ON persons (folded);

-- Who supervised whom, and when.
CREATE TABLE supervisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    supervisor_id INTEGER REFERENCES persons (id),
    since TEXT NOT NULL,
    until TEXT
) STRICT;
CREATE INDEX supervisions_person ON supervisions (person_id, since);

CREATE TABLE roles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    role TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    granted_by INTEGER REFERENCES persons (id),
    granted_at TEXT NOT NULL
) STRICT;
CREATE INDEX roles_person ON roles (person_id);
CREATE INDEX roles_role ON roles (role);

CREATE TABLE accounts (
    person_id INTEGER PRIMARY KEY REFERENCES persons (id),
    password_hash TEXT NOT NULL,
    disabled INTEGER NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
    -- SHA-256 of the cookie, so that a copy of the table opens nothing.
    token_hash TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    language TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;

-- Companies -------------------------------------------------------------------------------------------------------

CREATE TABLE companies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    neq TEXT UNIQUE,
    -- Why there is no NEQ (foreign company, association…), when there is none.
    no_neq_reason TEXT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    merged_into INTEGER REFERENCES companies (id),
    created_by INTEGER REFERENCES persons (id),
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX companies_folded ON companies (folded);

CREATE TABLE company_names (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    company_id INTEGER NOT NULL REFERENCES companies (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    -- 'current', 'former' or 'alias'
    nature TEXT NOT NULL
) STRICT;
CREATE INDEX company_names_folded ON company_names (folded);
CREATE INDEX company_names_company ON company_names (company_id);

-- What is in force ------------------------------------------------------------------------------------------------

CREATE TABLE kind_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    hash TEXT NOT NULL,
    document TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    UNIQUE (kind, hash)
) STRICT;

CREATE TABLE policy_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    effective TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    loaded_at TEXT NOT NULL
) STRICT;

-- Declarations ----------------------------------------------------------------------------------------------------

CREATE TABLE declarations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- 128 random bits: how a draft is addressed before it has a reference.
    key TEXT NOT NULL UNIQUE,
    reference TEXT UNIQUE,
    kind TEXT NOT NULL,
    kind_version_id INTEGER NOT NULL REFERENCES kind_versions (id),
    class TEXT NOT NULL,
    state TEXT NOT NULL,
    -- State to come back to when the answer to a question arrives.
    resume_state TEXT,
    -- Changes at each write; guards against lost updates.
    version INTEGER NOT NULL,
    -- Number of the version of the answers last filed; 0 before filing.
    revision INTEGER NOT NULL,
    declarant_id INTEGER NOT NULL REFERENCES persons (id),
    unit_id INTEGER NOT NULL REFERENCES units (id),
    supervisor_id INTEGER REFERENCES persons (id),
    -- Who has it now: a person, or an office.
    holder_id INTEGER REFERENCES persons (id),
    holder_office TEXT,
    held_since TEXT,
    -- One sentence key that says why it went there.
    route_reason TEXT,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    first_filed_at TEXT,
    filed_at TEXT,
    due_on TEXT,
    -- Day by which the decision was due, kept once it is taken.
    decide_by TEXT,
    decided_at TEXT,
    decider_id INTEGER REFERENCES persons (id),
    outcome TEXT,
    closed_at TEXT,
    -- Days of the filing delay exceeded at first filing.
    days_late INTEGER NOT NULL,
    attention INTEGER NOT NULL,
    findings TEXT NOT NULL,
    policy_version_id INTEGER REFERENCES policy_versions (id),
    subject TEXT NOT NULL,
    occurred_on TEXT,
    occurred_until TEXT,
    value_cents INTEGER,
    company_id INTEGER REFERENCES companies (id),
    company_name TEXT,
    contract TEXT,
    purpose TEXT,
    category TEXT,
    disposition TEXT,
    regime TEXT NOT NULL,
    -- Draft this one was opened from.
    origin_id INTEGER REFERENCES declarations (id),
    -- Answers being written (draft) or last filed.
    answers TEXT NOT NULL,
    -- Answers of a correction not filed yet; the decider keeps seeing the filed ones.
    correction TEXT,
    -- Measures or conditions in force, JSON.
    measures TEXT NOT NULL
) STRICT;
CREATE INDEX declarations_mine ON declarations (declarant_id, changed_at, id);
CREATE INDEX declarations_earlier ON declarations (declarant_id, first_filed_at, id) WHERE first_filed_at IS NOT NULL;
CREATE INDEX declarations_inbox ON declarations (holder_id, due_on, id) WHERE holder_id IS NOT NULL;
CREATE INDEX declarations_office ON declarations (holder_office, due_on, id) WHERE holder_office IS NOT NULL;
CREATE INDEX declarations_team ON declarations (supervisor_id, first_filed_at, id) WHERE first_filed_at IS NOT NULL;
CREATE INDEX declarations_decided ON declarations (decider_id, decided_at, id) WHERE decider_id IS NOT NULL;
-- Whole, so that the partial ones below are preferred to it where they serve.
CREATE INDEX declarations_register ON declarations (first_filed_at, id);
CREATE INDEX declarations_register_kind ON declarations (kind, first_filed_at, id) WHERE first_filed_at IS NOT NULL;
CREATE INDEX declarations_register_state ON declarations (state, first_filed_at, id) WHERE first_filed_at IS NOT NULL;
CREATE INDEX declarations_register_unit ON declarations (unit_id, first_filed_at, id) WHERE first_filed_at IS NOT NULL;
CREATE INDEX declarations_register_company ON declarations (company_id, first_filed_at, id) WHERE company_id IS NOT NULL;
CREATE INDEX declarations_register_flagged ON declarations (first_filed_at, id) WHERE attention >= 2;
CREATE INDEX declarations_register_pending ON declarations (first_filed_at, id) WHERE decided_at IS NULL AND closed_at IS NULL;
CREATE INDEX declarations_origin ON declarations (origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX declarations_register_due ON declarations (due_on, id) WHERE due_on IS NOT NULL;

-- Answers as filed, one row a version, never changed.
CREATE TABLE revisions (
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    number INTEGER NOT NULL,
    kind_version_id INTEGER NOT NULL REFERENCES kind_versions (id),
    answers TEXT NOT NULL,
    filed_at TEXT NOT NULL,
    filed_by INTEGER NOT NULL REFERENCES persons (id),
    PRIMARY KEY (declaration_id, number)
) STRICT;

-- One decision per declaration, version and step: two deciders at once meet this key.
CREATE TABLE decisions (
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    revision INTEGER NOT NULL,
    step TEXT NOT NULL,
    decider_id INTEGER NOT NULL REFERENCES persons (id),
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    measures TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    PRIMARY KEY (declaration_id, revision, step)
) STRICT;

-- People who must never see a declaration: named in it while they could decide.
CREATE TABLE barred (
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    person_id INTEGER NOT NULL REFERENCES persons (id),
    PRIMARY KEY (declaration_id, person_id)
) STRICT;
CREATE INDEX barred_person ON barred (person_id, declaration_id);

CREATE TABLE attachments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    field TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    added_by INTEGER NOT NULL REFERENCES persons (id),
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX attachments_declaration ON attachments (declaration_id);

-- Gap-free numbers per kind and fiscal year.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

CREATE TABLE timers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    declaration_id INTEGER NOT NULL REFERENCES declarations (id),
    -- 'half', 'due', 'weekly', 'escalate', 'follow_up'
    purpose TEXT NOT NULL,
    due_at TEXT NOT NULL,
    done_at TEXT
) STRICT;
CREATE INDEX timers_due ON timers (due_at) WHERE done_at IS NULL;
CREATE INDEX timers_declaration ON timers (declaration_id);

CREATE TABLE saved_views (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    page TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    UNIQUE (person_id, page, name)
) STRICT;

CREATE TABLE idempotency_keys (
    person_id INTEGER NOT NULL REFERENCES persons (id),
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    location TEXT,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (person_id, key)
) STRICT;

-- Journal ---------------------------------------------------------------------------------------------------------

CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor_id INTEGER REFERENCES persons (id),
    event TEXT NOT NULL,
    declaration_id INTEGER REFERENCES declarations (id),
    -- Canonical JSON of the event, everything the hash covers besides the previous hash.
    leaf TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX events_declaration ON events (declaration_id, seq) WHERE declaration_id IS NOT NULL;

-- One row: the last number and hash. Locks the order of events between writers.
CREATE TABLE journal_head (
    id INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '');

-- Reads of confidential records, refusals included, committed before bytes leave.
CREATE TABLE access_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    declaration_id INTEGER REFERENCES declarations (id),
    -- 'page', 'api', 'export', 'search'
    channel TEXT NOT NULL,
    action TEXT NOT NULL,
    allowed INTEGER NOT NULL
) STRICT;
CREATE INDEX access_log_declaration ON access_log (declaration_id, id);
CREATE INDEX access_log_person ON access_log (person_id, id);

-- Letters ---------------------------------------------------------------------------------------------------------

CREATE TABLE letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    letter TEXT NOT NULL,
    recipient_id INTEGER NOT NULL REFERENCES persons (id),
    recipient_email TEXT NOT NULL,
    declaration_id INTEGER REFERENCES declarations (id),
    reference TEXT,
    message_id TEXT NOT NULL UNIQUE,
    -- Message-ID of the first letter of the same matter really sent to this person.
    thread_id TEXT,
    subject TEXT NOT NULL,
    text_body TEXT NOT NULL,
    html_body TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- 'queued', 'sending', 'sent', 'failed', 'cancelled'
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    lease_until TEXT,
    sent_at TEXT,
    last_error TEXT
) STRICT;
CREATE INDEX letters_queue ON letters (due_at, id) WHERE state = 'queued';
CREATE INDEX letters_leased ON letters (lease_until) WHERE state = 'sending';
CREATE INDEX letters_state ON letters (state, id);
CREATE INDEX letters_recipient ON letters (recipient_id, id);
-- Was this person reminded today?
CREATE INDEX letters_told ON letters (recipient_id, letter, created_at);
CREATE INDEX letters_kept ON letters (sent_at) WHERE text_body <> '';
CREATE INDEX letters_declaration ON letters (declaration_id);

-- Append-only: the application cannot rewrite what happened.
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER revisions_no_update BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;

-- Full text: words arrive folded and stemmed, so both engines find the same.
CREATE VIRTUAL TABLE declaration_words USING fts5 (words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
