DROP INDEX list_entries_unnumbered;
DROP INDEX contract_suppliers_unnumbered;
