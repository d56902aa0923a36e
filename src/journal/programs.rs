//! Programs that check that each head continues the last one and sign it (C2SP tlog-witness), held by somebody else: what they are
//! asked, and what their answers mean.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use diesel::prelude::*;

use super::checkpoints::{self, Checkpoint, unsigned};
use super::cosignature::WitnessKey;
use super::nodes::Stored;
use super::tree;
use super::witnesses::{Witness, held_by, is_held, last_error, note};
use crate::app::{App, Tx};
use crate::db::schema::checkpoint_copies;
use crate::error::{Error, Result};
use crate::texts::Sentence;

/// Longest wait for a program.
const PATIENCE: Duration = Duration::from_secs(10);

/// Before another head is signed, programs are asked whether they still take the last one: after an old copy was put back they
/// saw more, and say so. Gives those that do not answer.
///
/// # Errors
/// When the database fails.
pub fn ask_again(app: &App, witnesses: &[Witness]) -> Result<Vec<String>> {
    let (last, size) = app.read_here(|tx| Ok((checkpoints::latest(tx)?, checkpoints::size(tx)?)))?;
    let mut silent = Vec::new();
    let Some(last) = last else { return Ok(silent) };
    for witness in witnesses {
        let Witness::Program { url, key } = witness else { continue };
        let (error, held) = app.read_here(|tx| Ok((last_error(tx, url)?, is_held(tx, last.size, url)?)))?;
        let refused = error.as_deref().is_some_and(|why| why.starts_with(SAW_ANOTHER));
        if last.size >= size && !refused {
            continue;
        }
        match ask(app, url, key, &last) {
            Ok(_) if held && error.is_none() => {}
            Ok(line) => note(app, url, last.size, Ok(Some(line)))?,
            Err(Unsigned::Overtaken) => {}
            Err(why) => {
                tracing::error!(%why, witness = url, "the witness does not take the last head");
                if !why.is_contradiction() {
                    silent.push(url.clone());
                }
                note(app, url, last.size, Err(why.to_string()))?;
            }
        }
    }
    Ok(silent)
}

/// How the words of a program that saw another history begin. The row of the copy keeps them, and nothing is signed as long as
/// they are the last that it said.
pub(super) const SAW_ANOTHER: &str = "le témoin a vu autre chose";

/// Why a program did not sign.
#[derive(Debug)]
pub(super) enum Unsigned {
    Unreachable(String),
    Ahead {
        seen: u64,
        size: u64,
    },
    Another {
        seen: u64,
    },
    /// Another process gave it a later head of the same journal meanwhile.
    Overtaken,
    Refused(u16, String),
    NotIts,
    Failed(Error),
}

impl Unsigned {
    /// Is it no refusal of the day, but another history?
    fn is_contradiction(&self) -> bool {
        match self {
            Self::Ahead { .. } | Self::Another { .. } => true,
            Self::Unreachable(_) | Self::Overtaken | Self::Refused(..) | Self::NotIts | Self::Failed(_) => false,
        }
    }
}

impl From<Error> for Unsigned {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// As the row of the copy keeps it, and the log.
impl std::fmt::Display for Unsigned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sentence = match self {
            Self::Unreachable(why) => Sentence::new("witness-unreachable").with("why", why),
            Self::Ahead { seen, size } => {
                Sentence::new("witness-ahead").with("saw", SAW_ANOTHER).count("seen", *seen).count("size", *size)
            }
            Self::Another { seen } => Sentence::new("witness-another").with("saw", SAW_ANOTHER).count("seen", *seen),
            Self::Overtaken => Sentence::new("witness-overtaken"),
            Self::Refused(status, why) => Sentence::new("witness-refused").count("status", *status).with("why", why),
            Self::NotIts => Sentence::new("witness-not-its"),
            Self::Failed(error) => return error.fmt(f),
        };
        sentence.fmt(f)
    }
}

/// Gives a head to a program, with the proof that it continues the last one that it has; its line of signature.
pub(super) fn ask(
    app: &App,
    url: &str,
    key: &WitnessKey,
    checkpoint: &Checkpoint,
) -> std::result::Result<String, Unsigned> {
    let size = unsigned(checkpoint.size)?;
    let acknowledged = app.read_here(|tx| {
        let last = held_by(url).select(diesel::dsl::max(checkpoint_copies::size));
        Ok(last.first::<Option<i64>>(tx.conn)?)
    })?;
    let mut from = unsigned(acknowledged.unwrap_or_default())?;
    // The program knows better than we do: a copy of the database, or an answer that was lost.
    for _ in 0..2 {
        let body = app.read_here(|tx| request(tx, from, checkpoint))?;
        let (status, answer) = post(url, &body).map_err(|error| Unsigned::Unreachable(error.to_string()))?;
        match status {
            200 => {
                let line = answer.lines().find(|line| key.time(&format!("{}{line}\n", checkpoint.note)).is_some());
                return line.map(|line| format!("{line}\n")).ok_or(Unsigned::NotIts);
            }
            409 => {
                let seen: u64 = answer.trim().parse().map_err(|_| Unsigned::Refused(409, answer.clone()))?;
                if seen > size {
                    // Its row was written before it was given: another process of this journal has been faster.
                    let last = app.read_here(checkpoints::latest)?.map_or(Ok(0), |last| unsigned(last.size))?;
                    return Err(if last >= seen { Unsigned::Overtaken } else { Unsigned::Ahead { seen, size } });
                }
                if seen == from {
                    // The proof began where it is, and it has another head there.
                    return Err(Unsigned::Another { seen });
                }
                from = seen;
            }
            // The proof does not hold.
            422 => return Err(Unsigned::Another { seen: from }),
            _ => return Err(Unsigned::Refused(status, answer.chars().take(200).collect())),
        }
    }
    Err(Unsigned::Refused(409, format!("{from}")))
}

/// `old`, the proof, an empty line, the note (C2SP tlog-witness, add-checkpoint).
fn request(tx: &mut Tx<'_>, from: u64, checkpoint: &Checkpoint) -> Result<String> {
    let proof = tree::consistency(&mut Stored::new(tx), from, unsigned(checkpoint.size)?)?;
    let lines: String = proof.iter().map(|hash| format!("{}\n", STANDARD.encode(hash))).collect();
    Ok(format!("old {from}\n{lines}\n{}", checkpoint.note))
}

fn post(url: &str, body: &str) -> std::result::Result<(u16, String), ureq::Error> {
    let tls = ureq::tls::TlsConfig::builder()
        .root_certs(ureq::tls::RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .build();
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .tls_config(tls)
        .build()
        .new_agent();
    let address = format!("{}/add-checkpoint", url.trim_end_matches('/'));
    let mut answer = agent.post(&address).content_type("text/plain; charset=utf-8").send(body)?;
    let text = answer.body_mut().with_config().limit(16_384).read_to_string()?;
    Ok((answer.status().as_u16(), text))
}
