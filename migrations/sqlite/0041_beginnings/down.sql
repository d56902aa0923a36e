DROP INDEX contracts_signed;
DROP INDEX contracts_starts;
