-- The register of confidentiality incidents (A-2.1, s. 63.11): each correction is a version, nothing is deleted.
CREATE TABLE incident_versions (
    -- INC-2026-0001
    number TEXT NOT NULL,
    version INTEGER NOT NULL,
    information TEXT NOT NULL,
    circumstances TEXT NOT NULL,
    happened TEXT NOT NULL,
    known_on TEXT NOT NULL,
    people TEXT NOT NULL,
    assessment TEXT NOT NULL,
    serious INTEGER NOT NULL,
    commission_told_on TEXT,
    people_told_on TEXT,
    public_notice TEXT NOT NULL,
    measures TEXT NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES persons (id),
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (number, version)
) STRICT;
CREATE TRIGGER incident_versions_no_update BEFORE UPDATE ON incident_versions BEGIN SELECT RAISE(ABORT, 'incidents are append-only'); END;
CREATE TRIGGER incident_versions_no_delete BEFORE DELETE ON incident_versions BEGIN SELECT RAISE(ABORT, 'incidents are append-only'); END;
