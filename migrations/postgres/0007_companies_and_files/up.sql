-- The companies merged into one: what its page, the register and the rules read with it.
CREATE INDEX companies_merged ON companies (merged_into) WHERE merged_into IS NOT NULL;
