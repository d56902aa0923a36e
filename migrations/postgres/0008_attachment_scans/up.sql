-- What the antivirus said of a file joined: 'pending' is quarantined and asked about again, 'infected' has lost its content,
-- 'unscanned' arrived when no antivirus was configured, as those joined until now.
ALTER TABLE attachments ADD COLUMN scan TEXT NOT NULL DEFAULT 'unscanned'
    CHECK (scan IN ('pending', 'clean', 'infected', 'unscanned'));
-- When the antivirus was last asked.
ALTER TABLE attachments ADD COLUMN scanned_at TIMESTAMP;
CREATE INDEX attachments_pending ON attachments (scanned_at, id) WHERE scan = 'pending';
CREATE INDEX attachments_infected ON attachments (sha256) WHERE scan = 'infected';
-- Whether something else joins the same content.
CREATE INDEX attachments_content ON attachments (sha256);
