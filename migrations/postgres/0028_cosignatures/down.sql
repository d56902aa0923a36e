ALTER TABLE checkpoint_copies DROP COLUMN cosignature;
