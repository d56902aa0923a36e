DROP INDEX companies_group;
ALTER TABLE companies DROP COLUMN group_id;
