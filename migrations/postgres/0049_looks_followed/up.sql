-- What somebody saw in the registry of lobbyists is news of a company without any file.
ALTER TABLE crosschecks ALTER COLUMN import_id DROP NOT NULL;
-- Who was looked up lately: what a look says changes with its age.
CREATE INDEX lobby_checks_day ON lobby_checks (checked_on, company_id);
