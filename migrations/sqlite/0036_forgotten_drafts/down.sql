DROP INDEX declarations_drafts;
DROP TABLE draft_notices;
