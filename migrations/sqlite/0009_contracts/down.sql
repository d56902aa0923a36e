DROP TABLE lobby_checks;
DROP TABLE list_entries;
DROP TABLE contract_changes;
DROP TABLE contract_suppliers;
DROP TABLE contracts;
DROP TABLE tenderers;
DROP TABLE procurements;
DROP TABLE imports;
