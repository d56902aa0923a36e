UPDATE contracts SET starts_on = own_starts_on, ends_on = own_ends_on;
ALTER TABLE contracts DROP COLUMN own_ends_on;
ALTER TABLE contracts DROP COLUMN own_starts_on;
