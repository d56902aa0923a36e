-- Which files an export carried, as stretches of their numbers (`12-40,42`): each person is told theirs. Nothing for a reading, a
-- list, or an export of before.
ALTER TABLE access_log ADD COLUMN carried TEXT;
CREATE INDEX access_log_carried ON access_log (id) WHERE carried IS NOT NULL;
