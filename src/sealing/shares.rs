//! A master key split between several people, any `needed` of whom put it together again (Shamir, 1979).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use blahaj::{Share, Sharks};

use super::keyring::MasterKey;
use crate::error::{Error, Result};
use crate::texts::Sentence;

/// How the text of a share begins.
const MARK: &str = "PROBITE+SEALING+SHARE";

/// The texts of `count` shares of a key.
///
/// # Errors
/// Fewer than two needed, or more needed than there are.
pub fn split(key: &MasterKey, needed: u8, count: u8) -> Result<Vec<String>> {
    if needed < 2 || needed > count {
        let why = Sentence::new("shares-count").count("needed", needed).count("count", count);
        return Err(Error::Operator(why));
    }
    let dealer = Sharks(needed).dealer(key.bytes());
    let text = |share: Share| {
        let share: Vec<u8> = (&share).into();
        format!("{MARK}+{}+{needed}+{}", key.id, STANDARD.encode(share))
    };
    Ok(dealer.take(usize::from(count)).map(text).collect())
}

/// The key of which these are shares.
///
/// # Errors
/// Too few of them, or of several keys, or not shares: never another key, since a key is recognised by its id.
pub fn join(shares: &[String]) -> Result<MasterKey> {
    let wrong = |share: &str| {
        let start: String = share.chars().take(40).collect();
        Error::Operator(Sentence::new("shares-not-one").with("start", start))
    };
    let (mut id, mut needed, mut parts) = (None, 0, Vec::new());
    for share in shares.iter().map(|share| share.trim()).filter(|share| !share.is_empty()) {
        let mut fields = share.strip_prefix(MARK).ok_or_else(|| wrong(share))?.trim_start_matches('+').split('+');
        let (Some(of), Some(least), Some(part)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(wrong(share));
        };
        // The base64 alphabet has a plus sign of its own.
        let rest: String = std::iter::once(part).chain(fields).collect::<Vec<_>>().join("+");
        let bytes = STANDARD.decode(rest).map_err(|_| wrong(share))?;
        let part = Share::try_from(bytes.as_slice()).map_err(|_| wrong(share))?;
        if *id.get_or_insert(of) != of {
            return Err(Error::operator("shares-mixed"));
        }
        needed = least.parse::<u8>().map_err(|_| wrong(share))?;
        parts.push(part);
    }
    let id = id.ok_or_else(|| Error::operator("shares-none"))?;
    let few = || Error::Operator(Sentence::new("shares-few").count("count", parts.len()).count("needed", needed));
    let bytes = Sharks(needed).recover(&parts).map_err(|_| few())?;
    let key = MasterKey::from_bytes(&bytes)?;
    if key.id == id { Ok(key) } else { Err(Error::operator("shares-changed")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A11
    #[test]
    fn any_three_of_five_give_the_key_and_no_two_do() {
        let key = MasterKey::generate().unwrap();
        let shares = split(&key, 3, 5).unwrap();
        for a in 0..5 {
            for b in 0..5 {
                for c in 0..5 {
                    let chosen = [shares[a].clone(), shares[b].clone(), shares[c].clone()];
                    let distinct = a != b && b != c && a != c;
                    match join(&chosen) {
                        Ok(joined) => assert!(distinct && joined.bytes() == key.bytes(), "{a} {b} {c}"),
                        Err(_) => assert!(!distinct, "{a} {b} {c}"),
                    }
                }
            }
        }
    }

    #[test]
    fn shares_that_were_changed_or_mixed_give_no_key() {
        let (one, two) = (MasterKey::generate().unwrap(), MasterKey::generate().unwrap());
        let (mine, theirs) = (split(&one, 2, 3).unwrap(), split(&two, 2, 3).unwrap());
        assert!(join(&[mine[0].clone(), theirs[1].clone()]).is_err());
        assert!(join(&[mine[0].clone(), theirs[1].replace(&two.id, &one.id)]).is_err());
        assert!(join(&["PROBITE+SEALING+SHARE+x".into()]).is_err());
        assert!(join(&[]).is_err());
        assert!(split(&one, 1, 5).is_err() && split(&one, 4, 3).is_err());
    }
}
