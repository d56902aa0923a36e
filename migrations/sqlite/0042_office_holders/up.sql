-- Who held each office when the files that wait for it were last looked at: a role begins or ends with the day, without anybody
-- doing anything. Empty at first: every office is looked at once.
CREATE TABLE office_holders (
    office TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES persons (id),
    PRIMARY KEY (office, person_id)
) STRICT;
