DROP TABLE second_factors;
ALTER TABLE sessions DROP COLUMN factor;
ALTER TABLE sessions DROP COLUMN confirmed_at;
