DROP INDEX letters_undelivered;
DROP INDEX declarations_with_company;
