-- People whom a campaign does not ask, and why: a long leave, a loan to another body. Said before the opening or during it.
CREATE TABLE campaign_exceptions (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    person_id INTEGER NOT NULL REFERENCES persons (id),
    reason TEXT NOT NULL,
    added_by INTEGER NOT NULL REFERENCES persons (id),
    added_at TEXT NOT NULL,
    PRIMARY KEY (campaign_id, person_id)
) STRICT;
