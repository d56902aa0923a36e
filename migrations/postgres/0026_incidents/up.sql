-- The register of confidentiality incidents (A-2.1, s. 63.11): each correction is a version, nothing is deleted.
CREATE TABLE incident_versions (
    -- INC-2026-0001
    number TEXT NOT NULL,
    version INTEGER NOT NULL,
    information TEXT NOT NULL,
    circumstances TEXT NOT NULL,
    happened TEXT NOT NULL,
    known_on DATE NOT NULL,
    people TEXT NOT NULL,
    assessment TEXT NOT NULL,
    serious BOOLEAN NOT NULL,
    commission_told_on DATE,
    people_told_on DATE,
    public_notice TEXT NOT NULL,
    measures TEXT NOT NULL,
    recorded_by BIGINT NOT NULL REFERENCES persons (id),
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (number, version)
);
CREATE TRIGGER incident_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON incident_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
