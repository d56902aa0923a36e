-- The register of enterprises of Québec, as its last file says. A file is written beside the one in force, in several
-- transactions, then takes its place in one: half a file is never seen.
CREATE TABLE registry_generations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- 'staging', 'current' or 'old' (being removed)
    state TEXT NOT NULL,
    started_at TEXT NOT NULL,
    import_id INTEGER REFERENCES imports (id),
    -- Row numbers of its names.
    first_name INTEGER NOT NULL,
    last_name INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX registry_current ON registry_generations (state) WHERE state = 'current';

CREATE TABLE registry_enterprises (
    generation INTEGER NOT NULL,
    neq TEXT NOT NULL,
    -- 'registered' or 'struck_off'
    status TEXT NOT NULL,
    -- Legal form, as the file labels it.
    form TEXT NOT NULL,
    name TEXT NOT NULL,
    successor TEXT,
    PRIMARY KEY (generation, neq)
) STRICT, WITHOUT ROWID;
CREATE INDEX registry_merged ON registry_enterprises (successor, generation) WHERE successor IS NOT NULL;

-- Names in the order in which they are proposed: the shortest first.
CREATE TABLE registry_names (
    id INTEGER PRIMARY KEY,
    neq TEXT NOT NULL,
    name TEXT NOT NULL,
    in_force INTEGER NOT NULL CHECK (in_force IN (0, 1))
) STRICT;

-- Words of the names and how many hold each: what a word typed with an error may be.
CREATE TABLE registry_words (
    generation INTEGER NOT NULL,
    word TEXT NOT NULL,
    names INTEGER NOT NULL,
    PRIMARY KEY (generation, word)
) STRICT, WITHOUT ROWID;

-- Names by word, under the row number of the name.
CREATE VIRTUAL TABLE registry_search USING fts5 (words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');
