-- Showcases: virtual events of the chief information officer (policy, sections 3 and 6) --------------------------------

CREATE TABLE showcases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reference TEXT NOT NULL UNIQUE,
    -- 'tech_showcase' or 'reverse_showcase': a file of config/showcases.
    kind TEXT NOT NULL,
    -- 'planned', 'held', 'cancelled'
    state TEXT NOT NULL,
    -- Changes at each write; guards against lost updates.
    version INTEGER NOT NULL,
    -- RFC 5545 SEQUENCE: grows when what a calendar shows changes.
    sequence INTEGER NOT NULL,
    organiser_id INTEGER NOT NULL REFERENCES persons (id),
    title TEXT NOT NULL,
    held_on TEXT NOT NULL,
    -- Local time 'HH:MM'; a whole day when absent.
    begins TEXT,
    minutes INTEGER,
    answers TEXT NOT NULL,
    -- A call for tenders is planned after it.
    call_planned INTEGER NOT NULL,
    call_reference TEXT,
    call_on TEXT,
    -- Where the need stands: 'exploration', 'needs', 'preparation', 'open'.
    stage TEXT NOT NULL,
    -- Business days missing from the planning delay.
    days_late INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    closed_at TEXT,
    closing_note TEXT
) STRICT;
CREATE INDEX showcases_calendar ON showcases (held_on, id);

-- Every company invited or that asked to be heard: the fairness ledger.
CREATE TABLE showcase_firms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    showcase_id INTEGER NOT NULL REFERENCES showcases (id),
    company_id INTEGER NOT NULL REFERENCES companies (id),
    -- 'invited' or 'asked'
    origin TEXT NOT NULL,
    -- Unknown until it is noted.
    heard INTEGER,
    minutes INTEGER,
    stage TEXT,
    -- Why it was not heard.
    reason TEXT,
    added_by INTEGER NOT NULL REFERENCES persons (id),
    added_at TEXT NOT NULL,
    noted_at TEXT,
    UNIQUE (showcase_id, company_id)
) STRICT;

CREATE TABLE showcase_questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    showcase_id INTEGER NOT NULL REFERENCES showcases (id),
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    published_by INTEGER NOT NULL REFERENCES persons (id),
    published_at TEXT NOT NULL
) STRICT;
CREATE INDEX showcase_questions_showcase ON showcase_questions (showcase_id, id);

CREATE TABLE registrations (
    showcase_id INTEGER NOT NULL REFERENCES showcases (id),
    person_id INTEGER NOT NULL REFERENCES persons (id),
    registered_at TEXT NOT NULL,
    cancelled_at TEXT,
    -- Unknown until it is noted.
    attended INTEGER,
    noted_at TEXT,
    PRIMARY KEY (showcase_id, person_id)
) STRICT;
CREATE INDEX registrations_person ON registrations (person_id, showcase_id);

-- Declarations opened by attendance. By the key of the draft, not its row: its owner may throw a draft away.
CREATE TABLE showcase_drafts (
    showcase_id INTEGER NOT NULL REFERENCES showcases (id),
    person_id INTEGER NOT NULL REFERENCES persons (id),
    company_id INTEGER NOT NULL REFERENCES companies (id),
    draft_key TEXT NOT NULL UNIQUE,
    PRIMARY KEY (showcase_id, person_id, company_id)
) STRICT;

-- The contract monitor is asked when a call for tenders is linked.
CREATE TABLE consultations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    showcase_id INTEGER NOT NULL REFERENCES showcases (id),
    call_reference TEXT,
    call_on TEXT,
    asked_at TEXT NOT NULL,
    opinion TEXT,
    answered_by INTEGER REFERENCES persons (id),
    answered_at TEXT
) STRICT;
CREATE INDEX consultations_showcase ON consultations (showcase_id, id);

-- Which events of the journal tell the story of a showcase.
CREATE TABLE showcase_events (
    showcase_id INTEGER NOT NULL REFERENCES showcases (id),
    seq INTEGER NOT NULL REFERENCES events (seq),
    PRIMARY KEY (showcase_id, seq)
) STRICT;

-- Calendars of people ------------------------------------------------------------------------------------------------

CREATE TABLE calendar_feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    -- SHA-256 of the token of the address, so that a copy of the table opens nothing.
    token_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;
CREATE INDEX calendar_feeds_person ON calendar_feeds (person_id);

-- Passports: the ethics officer rules once on a company's event --------------------------------------------------------

CREATE TABLE passports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reference TEXT NOT NULL UNIQUE,
    company_id INTEGER NOT NULL REFERENCES companies (id),
    title TEXT NOT NULL,
    event_on TEXT NOT NULL,
    -- Number of the ruling in force, and guard against lost updates.
    ruling INTEGER NOT NULL,
    created_by INTEGER NOT NULL REFERENCES persons (id),
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX passports_company ON passports (company_id, event_on);
CREATE INDEX passports_calendar ON passports (event_on, id);

CREATE TABLE passport_rulings (
    passport_id INTEGER NOT NULL REFERENCES passports (id),
    number INTEGER NOT NULL,
    -- 'acceptable', 'conditions', 'not_acceptable'
    ruling TEXT NOT NULL,
    cap_cents INTEGER,
    conditions TEXT NOT NULL,
    reason TEXT NOT NULL,
    ruled_by INTEGER NOT NULL REFERENCES persons (id),
    ruled_at TEXT NOT NULL,
    PRIMARY KEY (passport_id, number)
) STRICT;

-- A request belongs to one passport at most; a person said so.
CREATE TABLE passport_links (
    declaration_id INTEGER PRIMARY KEY REFERENCES declarations (id),
    passport_id INTEGER NOT NULL REFERENCES passports (id),
    confirmed_by INTEGER NOT NULL REFERENCES persons (id),
    confirmed_at TEXT NOT NULL
) STRICT;
CREATE INDEX passport_links_passport ON passport_links (passport_id, declaration_id);

-- Letters ------------------------------------------------------------------------------------------------------------

-- An iCalendar object that leaves with the letter.
ALTER TABLE letters ADD COLUMN calendar TEXT;

-- The first letter to a person about a matter that is no declaration.
CREATE INDEX letters_matter ON letters (recipient_id, reference, id) WHERE declaration_id IS NULL;

-- Whether a person wants what needs no action at once, or once a day.
CREATE TABLE letter_choices (
    person_id INTEGER PRIMARY KEY REFERENCES persons (id),
    digest INTEGER NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE digest_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient_id INTEGER NOT NULL REFERENCES persons (id),
    letter TEXT NOT NULL,
    topic TEXT NOT NULL,
    link TEXT NOT NULL,
    -- Day by which something is expected, to sort by.
    due_on TEXT,
    declaration_id INTEGER REFERENCES declarations (id),
    written_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    sent_at TEXT
) STRICT;
CREATE INDEX digest_items_due ON digest_items (due_at) WHERE sent_at IS NULL;
CREATE INDEX digest_items_declaration ON digest_items (declaration_id) WHERE declaration_id IS NOT NULL;

-- Append-only: the application cannot rewrite what happened.
CREATE TRIGGER showcase_questions_no_update BEFORE UPDATE ON showcase_questions BEGIN SELECT RAISE(ABORT, 'published answers are append-only'); END;
CREATE TRIGGER showcase_questions_no_delete BEFORE DELETE ON showcase_questions BEGIN SELECT RAISE(ABORT, 'published answers are append-only'); END;
CREATE TRIGGER showcase_events_no_update BEFORE UPDATE ON showcase_events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER showcase_events_no_delete BEFORE DELETE ON showcase_events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER passport_rulings_no_update BEFORE UPDATE ON passport_rulings BEGIN SELECT RAISE(ABORT, 'rulings are append-only'); END;
CREATE TRIGGER passport_rulings_no_delete BEFORE DELETE ON passport_rulings BEGIN SELECT RAISE(ABORT, 'rulings are append-only'); END;
