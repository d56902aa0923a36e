DROP TABLE registry_search;
DROP TABLE registry_words;
DROP TABLE registry_names;
DROP TABLE registry_enterprises;
DROP TABLE registry_generations;
