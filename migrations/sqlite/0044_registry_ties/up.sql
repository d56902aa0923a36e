-- How far the reading of a register went, so that one that was stopped goes on: what its rows come from, rows read of each file of
-- the archive, the run that writes them (another run takes over by raising it), and rows written of each table.
ALTER TABLE registry_generations ADD COLUMN mark TEXT NOT NULL DEFAULT '';
ALTER TABLE registry_generations ADD COLUMN members TEXT NOT NULL DEFAULT '';
ALTER TABLE registry_generations ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
ALTER TABLE registry_generations ADD COLUMN enterprises INTEGER NOT NULL DEFAULT 0;
ALTER TABLE registry_generations ADD COLUMN ties INTEGER NOT NULL DEFAULT 0;
ALTER TABLE registry_generations ADD COLUMN names INTEGER NOT NULL DEFAULT 0;
ALTER TABLE registry_generations ADD COLUMN words INTEGER NOT NULL DEFAULT 0;

-- The status in the registrar's words; nothing for a registered enterprise.
ALTER TABLE registry_enterprises ADD COLUMN standing TEXT NOT NULL DEFAULT '';

-- What the register says of an enterprise besides: it never makes two enterprises one.
CREATE TABLE registry_ties (
    -- In the order of the file.
    id INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL,
    neq TEXT NOT NULL,
    -- 'split' (came out of a split of the other), 'merger' (with a party that the register does not have) or 'change' (continued or
    -- transformed)
    kind TEXT NOT NULL,
    -- NEQ of the other party.
    other TEXT,
    -- Name of the other party; of a change, the law and the place.
    name TEXT NOT NULL,
    -- What the registrar calls it.
    words TEXT NOT NULL,
    happened_on TEXT
) STRICT;
-- No index begins with the generation: without statistics an engine would rather read all of one.
CREATE INDEX registry_ties_of ON registry_ties (neq, generation);
CREATE INDEX registry_ties_with ON registry_ties (other, generation) WHERE other IS NOT NULL;
