DROP TABLE office_holders;
