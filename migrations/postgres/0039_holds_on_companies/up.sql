-- A lawsuit about a company keeps every file that names it: a hold is on a file, on a person or on a company.
ALTER TABLE legal_holds ADD COLUMN company_id BIGINT REFERENCES companies (id);
ALTER TABLE legal_holds DROP CONSTRAINT legal_holds_check;
ALTER TABLE legal_holds ADD CONSTRAINT legal_holds_check CHECK (num_nonnulls(declaration_id, person_id, company_id) = 1);
