-- What a witness that signs answered: its line below the note of a head (C2SP tlog-cosignature).
ALTER TABLE checkpoint_copies ADD COLUMN cosignature TEXT;
