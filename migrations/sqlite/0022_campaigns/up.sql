-- The yearly campaign: everybody in service is asked to confirm their interests by a day. Who has answered is read from
-- declarations.
CREATE TABLE campaigns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,
    due_on TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    opened_by INTEGER NOT NULL REFERENCES persons (id),
    closed_at TEXT,
    closed_by INTEGER REFERENCES persons (id),
    -- Day on which supervisors were last told of their team.
    teams_told_on TEXT
) STRICT;
-- One at a time.
CREATE UNIQUE INDEX campaigns_open ON campaigns ((closed_at IS NULL)) WHERE closed_at IS NULL;

CREATE TABLE campaign_people (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    person_id INTEGER NOT NULL REFERENCES persons (id),
    -- Day of the last letter.
    told_on TEXT,
    PRIMARY KEY (campaign_id, person_id)
) STRICT;
CREATE INDEX campaign_people_untold ON campaign_people (campaign_id, person_id) WHERE told_on IS NULL;
