-- The company at the head of its group, as somebody says it. One level: a head is in no group of another.
ALTER TABLE companies ADD COLUMN group_id INTEGER REFERENCES companies (id);
CREATE INDEX companies_group ON companies (group_id) WHERE group_id IS NOT NULL;
