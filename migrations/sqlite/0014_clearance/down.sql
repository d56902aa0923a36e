DROP INDEX procurements_notice;
DROP INDEX contracts_number;
DROP TABLE clearance_reasons;
DROP TABLE clearance_lines;
DROP TABLE clearances;
