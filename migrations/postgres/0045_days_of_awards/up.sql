-- The days that a contract says itself: beside them, those it takes from its award, which another release may bring or change.
ALTER TABLE contracts ADD COLUMN own_starts_on DATE;
ALTER TABLE contracts ADD COLUMN own_ends_on DATE;
UPDATE contracts SET own_starts_on = starts_on, own_ends_on = ends_on;
-- Those that were taken from an award of the same release are not its own. Who said the same days itself loses nothing while its
-- award stays as it is.
UPDATE contracts SET own_ends_on = NULL WHERE stage = 'contract' AND award_key IS NOT NULL
    AND own_ends_on = (SELECT award.ends_on FROM contracts AS award WHERE award.key = contracts.award_key);
UPDATE contracts SET own_starts_on = NULL WHERE stage = 'contract' AND award_key IS NOT NULL
    AND own_starts_on = (SELECT award.starts_on FROM contracts AS award WHERE award.key = contracts.award_key);
-- What was read before takes from its award what it does not say, as what is read from now on (`contracts/apply.rs`): its first
-- day, or that of the award when it was not signed on any, then its last one.
UPDATE contracts SET starts_on = (
    SELECT award.starts_on FROM contracts AS award
    WHERE award.key = contracts.award_key AND (contracts.ends_on IS NULL OR award.starts_on <= contracts.ends_on)
) WHERE stage = 'contract' AND award_key IS NOT NULL AND starts_on IS NULL;
UPDATE contracts SET starts_on = (
    SELECT award.signed_on FROM contracts AS award
    WHERE award.key = contracts.award_key AND (contracts.ends_on IS NULL OR award.signed_on <= contracts.ends_on)
) WHERE stage = 'contract' AND award_key IS NOT NULL AND starts_on IS NULL AND signed_on IS NULL;
UPDATE contracts SET ends_on = (
    SELECT award.ends_on FROM contracts AS award
    WHERE award.key = contracts.award_key
        AND (COALESCE(contracts.starts_on, contracts.signed_on) IS NULL
            OR COALESCE(contracts.starts_on, contracts.signed_on) <= award.ends_on)
) WHERE stage = 'contract' AND award_key IS NOT NULL AND ends_on IS NULL;
