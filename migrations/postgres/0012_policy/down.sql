DROP TABLE policy_proposals;
DROP INDEX policy_versions_adopted;
ALTER TABLE policy_versions DROP COLUMN adopted_at;
