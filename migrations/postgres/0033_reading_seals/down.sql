DROP TABLE reading_seals;
