//! What journal, proofs, sealing and access log cost of the declarations filed in a second, on copies of one demonstration: the same
//! program serves both in turn, with them and without.

use std::path::Path;

use super::client::load;
use super::probes::enter;
use super::process::Server;
use super::table::Line;
use crate::error::{Error, Result};

/// Times that each is served: the middle figure is told.
const ROUNDS: usize = 5;

/// An ordinary declaration, and one of which everything is sealed.
const FILED: [(&str, &str); 2] = [
    ("declarations filed", r#"{"kind":"interest_declaration","answers":{"type":"nil"},"submit":true,"attested":true}"#),
    (
        "requests for advice filed, sealed",
        r#"{"kind":"advice_request","answers":{"topic":"Banc d’essai","question":"Combien?","urgency":"ordinary",
            "confidentiality":"ethics_only"},"submit":true,"attested":true}"#,
    ),
];

/// Both, of `requests` each time.
///
/// # Errors
/// The demonstration is not there, or does not answer.
#[expect(clippy::cast_precision_loss, reason = "a rate")]
pub fn measure(data: &Path, requests: usize) -> Result<Vec<Line>> {
    let copies = tempfile::tempdir().map_err(Error::internal)?;
    let folders = ["with", "without"].map(|name| copies.path().join(name));
    for folder in &folders {
        copy(data, folder)?;
    }
    let mut lines = Vec::new();
    for (what, body) in FILED {
        let mut rates = [Vec::new(), Vec::new()];
        for round in 0..ROUNDS {
            for (folder, (rates, options)) in folders.iter().zip(rates.iter_mut().zip([&[][..], &["--unproven"][..]])) {
                eprintln!(
                    "… {what}, {} of {ROUNDS}{}",
                    round + 1,
                    if options.is_empty() { "" } else { ", switched off" }
                );
                let server = Server::start_with(folder, options)?;
                let employee = enter(server.port, "employee")?;
                let file = |connection: &mut super::client::Connection, _: usize| {
                    Ok(connection.post_json("/api/v1/declarations", body)?.status == 201)
                };
                load(server.port, &employee, 64, requests / 10 + 1, file)?;
                let began = std::time::Instant::now();
                let filed = load(server.port, &employee, 64, requests, file)?;
                if filed.errors > 0 {
                    return Err(Error::Internal(format!("{} of {requests} were not filed", filed.errors)));
                }
                rates.push(requests as f64 / began.elapsed().as_secs_f64());
            }
        }
        let [with, without] = rates.map(middle);
        let cost = 100.0 * (1.0 - with / without.max(1e-9));
        lines.push(
            Line::new(
                format!("{what}: cost of journal, proofs, sealing, access log").as_str(),
                format!("{cost:.0} %"),
                "25 %",
                cost <= 25.0,
            )
            .note(format!("{with:.0}/s with them, {without:.0}/s without")),
        );
    }
    Ok(lines)
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

/// A folder and what is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let wrong = |error: std::io::Error| Error::Internal(format!("{}: {error}", from.display()));
    std::fs::create_dir_all(to).map_err(wrong)?;
    for entry in std::fs::read_dir(from).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let into = to.join(entry.file_name());
        if entry.file_type().map_err(wrong)?.is_dir() {
            copy(&entry.path(), &into)?;
        } else {
            std::fs::copy(entry.path(), &into).map_err(wrong)?;
        }
    }
    Ok(())
}
