DROP TABLE incident_versions;
