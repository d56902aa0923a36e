ALTER TABLE attachments DROP COLUMN sealed_key;
ALTER TABLE declarations DROP COLUMN sealed;
DROP TABLE data_keys;
