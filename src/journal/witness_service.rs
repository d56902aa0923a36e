//! A witness that signs (C2SP tlog-witness): it keeps the last head of each journal it knows, takes a new one only with the
//! proof that it continues that one, and signs what it took. Whoever holds it needs neither our database nor our word.

use std::path::PathBuf;
use std::sync::Mutex;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::cosignature::{self, Cosigner};
use super::folder::{keep_note, newest_note};
use super::note::{Verifier, split};
use super::tree::{self, Hash};

use crate::clock::Clock;

/// Most hashes of a proof (a tree of 2⁶³ leaves has fewer).
const LONGEST_PROOF: usize = 63;
/// Most bytes of a request.
const LARGEST_BODY: usize = 16_384;

/// A witness, the journals it knows and where it keeps their heads.
pub struct WitnessService {
    cosigner: Cosigner,
    journals: Vec<Verifier>,
    folder: PathBuf,
    /// One head at a time: what is kept and what is signed are the same.
    turn: Mutex<()>,
}

/// What is answered to a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Its line of signature.
    Signed(String),
    /// What is offered does not start where the witness is: at this size.
    Conflict(u64),
    Unreadable,
    UnknownJournal,
    NotSigned,
    NotAContinuation,
    Failed(String),
}

/// A request in its parts.
struct Offer<'b> {
    old: u64,
    proof: Vec<Hash>,
    note: &'b str,
}

fn parse(body: &str) -> Option<Offer<'_>> {
    let (above, note) = body.split_once("\n\n")?;
    let mut lines = above.lines();
    let old = lines.next()?.strip_prefix("old ")?;
    let plain = old == "0" || (!old.starts_with('0') && old.bytes().all(|digit| digit.is_ascii_digit()));
    let old = plain.then(|| old.parse().ok())??;
    let proof: Option<Vec<Hash>> = lines.map(|line| STANDARD.decode(line).ok()?.try_into().ok()).collect();
    let proof = proof.filter(|proof| proof.len() <= LONGEST_PROOF)?;
    Some(Offer { old, proof, note })
}

impl WitnessService {
    pub fn new(cosigner: Cosigner, journals: Vec<Verifier>, folder: PathBuf) -> Self {
        Self { cosigner, journals, folder, turn: Mutex::default() }
    }

    /// Takes a head, or says why not. What is signed is on disk before the signature leaves.
    pub fn add(&self, body: &str, seconds: u64) -> Answer {
        let Some(offer) = parse(body) else { return Answer::Unreadable };
        let Some((origin, size, root)) = cosignature::head(offer.note) else { return Answer::Unreadable };
        let known: Vec<&Verifier> = self.journals.iter().filter(|journal| journal.name() == origin).collect();
        if known.is_empty() {
            return Answer::UnknownJournal;
        }
        let Some(journal) = known.into_iter().find(|journal| journal.checkpoint(offer.note).is_some()) else {
            return Answer::NotSigned;
        };
        if offer.old > size {
            return Answer::Unreadable;
        }
        let Ok(_turn) = self.turn.lock() else { return Answer::Failed("poisoned".into()) };
        let folder = self.folder.join(hex::encode(origin));
        let kept = match newest_note(&folder) {
            Ok(kept) => kept,
            Err(error) => return Answer::Failed(error.to_string()),
        };
        let (last, last_root) = match &kept {
            None => (0, tree::empty_root()),
            Some(note) => match journal.checkpoint(note) {
                Some(head) => head,
                None => return Answer::Failed("what is kept is not signed by this journal".into()),
            },
        };
        if offer.old != last || (size == last && root != last_root) {
            return Answer::Conflict(last);
        }
        if !tree::is_consistent(last, &last_root, size, &root, &offer.proof) {
            return Answer::NotAContinuation;
        }
        if size > last
            && let Err(error) = keep_note(&folder, size, offer.note)
        {
            return Answer::Failed(error.to_string());
        }
        let text = split(offer.note).map_or("", |(text, _)| text);
        match self.cosigner.line(text, seconds) {
            Ok(line) => Answer::Signed(line),
            Err(error) => Answer::Failed(error.to_string()),
        }
    }
}

/// The addresses of a witness.
pub fn routes(routes: &mut web::ServiceConfig, service: web::Data<WitnessService>, clock: Clock) {
    routes
        .app_data(service)
        .app_data(web::Data::new(clock))
        .app_data(web::PayloadConfig::new(LARGEST_BODY))
        .route("/add-checkpoint", web::post().to(add_checkpoint));
}

/// `POST /add-checkpoint`
pub async fn add_checkpoint(
    request: HttpRequest,
    service: web::Data<WitnessService>,
    clock: web::Data<Clock>,
    body: String,
) -> HttpResponse {
    let seconds = u64::try_from(clock.now().and_utc().timestamp()).unwrap_or_default();
    let service = service.into_inner();
    let answer = web::block(move || service.add(&body, seconds)).await;
    let answer = answer.unwrap_or_else(|error| Answer::Failed(error.to_string()));
    let said = |status: StatusCode, text: &str| {
        HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(format!("{text}\n"))
    };
    let from = request.peer_addr().map(|from| from.to_string()).unwrap_or_default();
    match &answer {
        Answer::Signed(_) => tracing::info!(from, "a head was signed"),
        other => tracing::warn!(from, ?other, "a head was not signed"),
    }
    match answer {
        Answer::Signed(line) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(line),
        Answer::Conflict(size) => HttpResponse::Conflict().content_type("text/x.tlog.size").body(format!("{size}\n")),
        Answer::Unreadable => said(StatusCode::BAD_REQUEST, "not an offer of a head"),
        Answer::UnknownJournal => said(StatusCode::NOT_FOUND, "unknown journal"),
        Answer::NotSigned => said(StatusCode::FORBIDDEN, "not signed by a key of this journal"),
        Answer::NotAContinuation => said(StatusCode::UNPROCESSABLE_ENTITY, "the proof does not hold"),
        Answer::Failed(error) => {
            tracing::error!(error, "a head could not be kept");
            said(StatusCode::INTERNAL_SERVER_ERROR, "the head could not be kept")
        }
    }
}

#[cfg(test)]
mod tests;
