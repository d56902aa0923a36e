ALTER TABLE persons DROP COLUMN home_body;
