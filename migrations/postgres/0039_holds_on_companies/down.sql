-- Refuses where a hold is on a company: it would cover nothing.
ALTER TABLE legal_holds DROP CONSTRAINT legal_holds_check;
ALTER TABLE legal_holds ADD CONSTRAINT legal_holds_check CHECK ((declaration_id IS NULL) <> (person_id IS NULL));
ALTER TABLE legal_holds DROP COLUMN company_id;
