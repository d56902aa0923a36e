DROP INDEX companies_merged;
