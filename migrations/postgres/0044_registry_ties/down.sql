DROP TABLE registry_ties;
ALTER TABLE registry_enterprises DROP COLUMN standing;
ALTER TABLE registry_generations DROP COLUMN words;
ALTER TABLE registry_generations DROP COLUMN names;
ALTER TABLE registry_generations DROP COLUMN ties;
ALTER TABLE registry_generations DROP COLUMN enterprises;
ALTER TABLE registry_generations DROP COLUMN run;
ALTER TABLE registry_generations DROP COLUMN members;
ALTER TABLE registry_generations DROP COLUMN mark;
