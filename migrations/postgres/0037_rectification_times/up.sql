-- The time to answer a request for rectification may be extended once, with a reason told to the person (A-2.1, s. 98): a row that
-- answers the request without settling it. Whoever answers is reminded.
DROP INDEX rectifications_answered_once;
CREATE UNIQUE INDEX rectifications_answered_once ON rectifications (request_id, (verdict = 'extended')) WHERE request_id IS NOT NULL;
CREATE TABLE rectification_reminders (
    request_id BIGINT PRIMARY KEY NOT NULL REFERENCES rectifications (id) ON DELETE CASCADE,
    told_on DATE NOT NULL
);
