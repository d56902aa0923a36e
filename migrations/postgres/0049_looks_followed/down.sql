-- Refuses where a look at the registry of lobbyists was followed: no file told it.
DROP INDEX lobby_checks_day;
ALTER TABLE crosschecks ALTER COLUMN import_id SET NOT NULL;
