-- Lines of files from outside that name a firm without its NEQ: people read them, by their name.
CREATE INDEX contract_suppliers_unnumbered ON contract_suppliers (name, contract_id) WHERE neq IS NULL;
CREATE INDEX list_entries_unnumbered ON list_entries (list, folded) WHERE neq IS NULL;
