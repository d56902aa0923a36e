//! What proving a long journal takes: signing its head, proving one of its events, writing the archive for an auditor, and checking
//! that archive as a process of its own, which is what the auditor waits for.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use diesel::prelude::*;
use serde_json::json;

use super::process::high_water;
use super::table::Line;
use crate::app::{App, Tx};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::conn::each_engine;
use crate::db::schema::{events, journal_head};
use crate::error::{Error, Result};
use crate::journal::note::Signer;
use crate::journal::store::chain;
use crate::journal::{checkpoints, evidence, receipt};

/// Events written in one transaction.
const AT_ONCE: i64 = 10_000;
/// One event in so many is of the organisation alone: its leaf is given whole, as most bytes of an archive are.
const WHOLE: i64 = 4;

/// All of it, over a journal of so many events made for the occasion.
///
/// # Errors
/// The disk is full, or a figure cannot be read.
#[expect(clippy::cast_precision_loss, reason = "a count in a sentence")]
pub fn measure(count: i64) -> Result<Vec<Line>> {
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let key = folder.path().join("journal.key");
    std::fs::write(&key, Signer::generate("banc.example")?).map_err(Error::internal)?;
    let mut config = Config::defaults()?;
    config.database.url = folder.path().join("journal.db").display().to_string();
    config.journal.key_file = key.display().to_string();
    let app = App::build(config, Clock::system())?;
    eprintln!("… {count} events");
    let mut last = (app.read_here(checkpoints::size)?, String::new());
    while last.0 < count {
        let from = last.clone();
        last = app.write_here(move |tx| some(tx, from, count))?;
    }
    let signer = checkpoints::signer(&app.book.config)?.ok_or(Error::NotFound)?;
    let millions = count as f64 / 1e6;
    let mut lines = Vec::new();

    eprintln!("… its head");
    let began = Instant::now();
    let head = checkpoints::sign(&app, &signer)?.ok_or(Error::NotFound)?;
    lines.push(Line::reference(&format!("head of {millions} M events, from nothing"), seconds(began)));

    let began = Instant::now();
    const PROOFS: i64 = 200;
    for place in 0..PROOFS {
        let event = 1 + place * (count - 1) / PROOFS;
        app.read_here(|tx| receipt::of(tx, "banc", &[event], &head).map(drop))?;
    }
    let one = began.elapsed().as_secs_f64() * 1000.0 / PROOFS as f64;
    lines.push(Line::new("proof of one event", format!("{one:.2} ms"), "≤ 5 ms", one <= 5.0));

    eprintln!("… the archive");
    let archive = folder.path().join("preuves.zip");
    let began = Instant::now();
    let file = std::fs::File::create(&archive).map_err(Error::internal)?;
    evidence::write(&app, None, &signer, &head, file)?;
    lines.push(Line::reference("archive written", seconds(began)));

    eprintln!("… verified");
    let (took, memory) = verified(&archive, &signer)?;
    let what = format!("archive of {millions} M events verified");
    lines.push(Line::new(&what, format!("{took:.1} s"), "≤ 60 s", took <= 60.0));
    lines.push(Line::reference("memory of the verifier, most", format!("{memory:.1} MiB")));
    Ok(lines)
}

fn seconds(began: Instant) -> String {
    format!("{:.1} s", began.elapsed().as_secs_f64())
}

/// The next events, chained to the last.
fn some(tx: &mut Tx<'_>, (mut seq, mut hash): (i64, String), count: i64) -> Result<(i64, String)> {
    let (now, until) = (tx.now(), (seq + AT_ONCE).min(count));
    let at = now.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let mut rows = Vec::new();
    while seq < until {
        seq += 1;
        let name = if seq % WHOLE == 0 { "imported" } else { "submitted" };
        let words = "Des mots comme une déclaration en a, sur une rencontre, une entreprise et un montant. ".repeat(6);
        let leaf = json!({
            "seq": seq, "at": at, "actor": seq % 600, "declaration": null, "event": name,
            "data": { "reference": format!("REL-2026-{seq:06}"), "answers": words }, "left": [],
        })
        .to_string();
        hash = chain(&hash, &leaf);
        rows.push((
            events::seq.eq(seq),
            events::at.eq(now),
            events::event.eq(name),
            events::leaf.eq(leaf),
            events::hash.eq(hash.clone()),
        ));
    }
    for batch in rows.chunks(2_000) {
        each_engine!(tx.conn, conn => diesel::insert_into(events::table).values(batch).execute(conn))?;
    }
    diesel::update(journal_head::table.filter(journal_head::id.eq(1)))
        .set((journal_head::seq.eq(seq), journal_head::hash.eq(&hash)))
        .execute(tx.conn)?;
    Ok((seq, hash))
}

/// Seconds and MiB of `probite verify`, which has the archive and the key and nothing else.
fn verified(archive: &Path, signer: &Signer) -> Result<(f64, f64)> {
    let program = std::env::current_exe().map_err(Error::internal)?;
    let began = Instant::now();
    let mut child: Child = Command::new(program)
        .arg("verify")
        .arg(archive)
        .args(["--key", &signer.verifier().to_string()])
        .stdout(Stdio::null())
        .spawn()
        .map_err(Error::internal)?;
    let mut memory: f64 = 0.0;
    let status = loop {
        match child.try_wait().map_err(Error::internal)? {
            Some(status) => break status,
            None => {
                memory = memory.max(high_water(child.id()).unwrap_or(0.0));
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        }
    };
    if status.success() {
        Ok((began.elapsed().as_secs_f64(), memory))
    } else {
        Err(Error::Internal("the archive was refused".into()))
    }
}
