DROP INDEX declarations_gifts;
