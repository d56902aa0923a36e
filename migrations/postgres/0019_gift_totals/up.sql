-- Totals of gifts are taken at each filing, over every gift of a donor: what they need of a row is in the index, so that the
-- rows, wide with their answers, are not read.
CREATE INDEX declarations_gifts ON declarations
    (company_id, kind, occurred_on, state, value_cents, declarant_id, unit_id)
    WHERE first_filed_at IS NOT NULL AND class <> 'C3';
