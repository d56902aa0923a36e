DROP TABLE opinion_drafts;
