-- What keeps files from being destroyed whatever the schedule says: a file, or all those of a person.
CREATE TABLE legal_holds (
    id BIGSERIAL PRIMARY KEY,
    declaration_id BIGINT REFERENCES declarations (id),
    person_id BIGINT REFERENCES persons (id),
    reason TEXT NOT NULL,
    placed_by BIGINT NOT NULL REFERENCES persons (id),
    placed_at TIMESTAMP NOT NULL,
    lifted_by BIGINT REFERENCES persons (id),
    lifted_at TIMESTAMP,
    CHECK ((declaration_id IS NULL) <> (person_id IS NULL))
);

-- Files that the schedule gives up, looked at together.
CREATE TABLE retention_lists (
    id BIGSERIAL PRIMARY KEY,
    prepared_at TIMESTAMP NOT NULL,
    -- Nobody when the calendar did.
    prepared_by BIGINT REFERENCES persons (id),
    -- 'prepared', 'destroyed', 'dropped'
    state TEXT NOT NULL,
    ended_at TIMESTAMP,
    -- Once nothing is left of them in free pages and logs of the database.
    scrubbed_at TIMESTAMP
);
-- One at a time.
CREATE UNIQUE INDEX retention_lists_open ON retention_lists (state) WHERE state = 'prepared';

CREATE TABLE retention_files (
    list_id BIGINT NOT NULL REFERENCES retention_lists (id),
    position BIGINT NOT NULL,
    -- No reference to the row: it outlives it.
    declaration_id BIGINT NOT NULL,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    ended_on DATE NOT NULL,
    due_on DATE NOT NULL,
    destroyed_at TIMESTAMP,
    PRIMARY KEY (list_id, position)
);
CREATE INDEX retention_files_declaration ON retention_files (declaration_id);

-- Contents of files joined, to delete from their folder once the destruction is durable.
CREATE TABLE retention_contents (
    sha256 TEXT PRIMARY KEY
);

-- Only while a file is being destroyed: what is append-only gives way for it, and for nothing else.
CREATE TABLE destroying (
    declaration_id BIGINT PRIMARY KEY
);

-- Two people approved the list it is on.
CREATE FUNCTION refuse_unapproved_destruction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM retention_files f JOIN acts a ON a.subject = CAST(f.list_id AS TEXT)
        WHERE a.kind = 'destruction' AND a.state = 'approved' AND f.destroyed_at IS NULL AND f.declaration_id = NEW.declaration_id
    ) THEN
        RAISE EXCEPTION 'nobody approved this destruction';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER destroying_approved BEFORE INSERT ON destroying FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_destruction();

CREATE FUNCTION refuse_deleting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id) THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
DROP TRIGGER revisions_append_only ON revisions;
CREATE TRIGGER revisions_append_only BEFORE UPDATE OR TRUNCATE ON revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions FOR EACH ROW EXECUTE FUNCTION refuse_deleting();
DROP TRIGGER decisions_append_only ON decisions;
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR TRUNCATE ON decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION refuse_deleting();
DROP TRIGGER access_log_append_only ON access_log;
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION refuse_deleting();
DROP TRIGGER opinions_append_only ON opinions;
CREATE TRIGGER opinions_append_only BEFORE UPDATE OR TRUNCATE ON opinions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER opinions_no_delete BEFORE DELETE ON opinions FOR EACH ROW EXECUTE FUNCTION refuse_deleting();
DROP TRIGGER outside_decisions_append_only ON outside_decisions;
CREATE TRIGGER outside_decisions_append_only BEFORE UPDATE OR TRUNCATE ON outside_decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER outside_decisions_no_delete BEFORE DELETE ON outside_decisions FOR EACH ROW EXECUTE FUNCTION refuse_deleting();
DROP TRIGGER comments_append_only ON comments;
CREATE TRIGGER comments_append_only BEFORE UPDATE OR TRUNCATE ON comments FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER comments_no_delete BEFORE DELETE ON comments FOR EACH ROW EXECUTE FUNCTION refuse_deleting();

CREATE FUNCTION refuse_deleting_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM destroying d JOIN state_objects o ON o.declaration_id = d.declaration_id WHERE o.id = OLD.object_id
    ) THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
DROP TRIGGER custody_moves_append_only ON custody_moves;
CREATE TRIGGER custody_moves_append_only BEFORE UPDATE OR TRUNCATE ON custody_moves FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER custody_moves_no_delete BEFORE DELETE ON custody_moves FOR EACH ROW EXECUTE FUNCTION refuse_deleting_moves();

CREATE FUNCTION refuse_changing_reasons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.declaration_id IS NOT NULL
        OR (NEW.id, NEW.clearance_id, NEW.position, NEW.reason) <> (OLD.id, OLD.clearance_id, OLD.position, OLD.reason)
        OR NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
    THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER clearance_reasons_append_only ON clearance_reasons;
CREATE TRIGGER clearance_reasons_append_only BEFORE DELETE OR TRUNCATE ON clearance_reasons FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER clearance_reasons_no_update BEFORE UPDATE ON clearance_reasons FOR EACH ROW EXECUTE FUNCTION refuse_changing_reasons();

-- The words of an event give way to their hash in the tree; its number, time and place in the chain stay.
CREATE FUNCTION refuse_changing_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.seq, NEW.hash, NEW.at) <> (OLD.seq, OLD.hash, OLD.at) OR NEW.leaf NOT LIKE '#%' OR NEW.declaration_id IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM destroying d WHERE d.declaration_id = OLD.declaration_id)
    THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER events_append_only ON events;
CREATE TRIGGER events_append_only BEFORE DELETE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER events_no_update BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION refuse_changing_events();
