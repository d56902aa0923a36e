DROP TABLE checkpoint_copies;
DROP TABLE checkpoints;
DROP TABLE journal_nodes;
