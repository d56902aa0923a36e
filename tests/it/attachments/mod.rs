//! Files joined: what arrives, what is kept, who downloads it, and what an antivirus says of it.

mod real_clamd;
mod receiving;
mod scanning;

use actix_web::http::Method;

use crate::support::browser::{Browser, Page};
use crate::support::{TestApp, answers, files};

/// Settings with a folder of the story's own.
async fn app_with(change: impl FnOnce(&mut probite::config::Config)) -> (TestApp, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let uploads = folder.path().display().to_string();
    let app = TestApp::with(|config| {
        config.uploads.directory = uploads;
        change(config);
    })
    .await;
    (app, folder)
}

fn gift(app: &TestApp) -> String {
    app.drafts("camille", "gift_declaration", answers::gift())
}

/// Joins files to the page of a gift that asks for its price.
async fn joins(browser: &Browser<'_>, key: &str, joined: &[(&str, &[u8])]) -> Page {
    let joined: Vec<(&str, &str, &[u8])> =
        joined.iter().map(|(name, content)| ("attachments", *name, *content)).collect();
    let body = files::multipart(&[("value_method", "invoice"), ("value_cents", "80,25")], &joined);
    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    browser.request(Method::POST, &format!("/brouillons/{key}/value"), &headers, Some(body)).await
}

/// How many files are in the folder.
fn kept(folder: &tempfile::TempDir) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let mut folders = vec![folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                all.push(std::fs::read(entry.path()).unwrap());
            }
        }
    }
    all
}
