-- The interests somebody declared, and nothing else of theirs: whoever files often is answered as soon as the others.
CREATE INDEX declarations_with_company ON declarations (declarant_id, kind, id) WHERE company_id IS NOT NULL;
-- The last letter that told of letters lost, without reading all the others.
CREATE INDEX letters_undelivered ON letters (id) WHERE letter = 'undelivered';
