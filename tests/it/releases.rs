//! A file given to somebody who asked for it, but for what the law withholds.

use actix_web::http::Method;
use diesel::prelude::*;
use probite::db::schema::{attachments, events};
use probite::random::sha256_hex;

use crate::support::{TestApp, answers, files, say};

/// The ethics officer looks before she gives; names are withheld unless she says otherwise; the journal keeps what left.
#[actix_web::test]
async fn a_file_is_released_without_what_is_withheld_and_the_journal_says_what_left() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "accept").unwrap();
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{gift}")).await;
    let form = aline.open(&page.link(&say("release-link"))).await.form("/communication");
    let nobody = aline.send(&form.clone().with("recipient", " ")).await;
    assert_eq!((nobody.status, nobody.errors()), (422, vec![say("error-release-recipient")]));
    let seen =
        aline.send(&nobody.form("/communication").with("recipient", "Demande 2026-041").with("unit", "14")).await;
    assert!(seen.says(&say("release-preview")) && seen.says("Communiqué à Demande 2026-041"), "{}", seen.text());
    let form = seen.form("/communication");
    assert_eq!(form.value("unit"), Some("14"), "what was chosen is still there");
    let document = aline.send_to(&form, &format!("/d/{gift}/communication/document")).await;
    assert_eq!(document.status, 200);
    assert!(document.header("content-disposition").unwrap().contains(&gift));
    let given = document.html.replace('\u{a0}', " ");
    for withheld in ["Camille", "Gagnon", "Rosalie", "Équipe infonuagique", "Analyste"] {
        assert!(!given.contains(withheld), "{withheld} left: {given}");
    }
    assert!(given.contains("art. 53") && given.contains("art. 14") && given.contains("Décision"), "{given}");
    let leaf: String =
        app.read(|tx| Ok(events::table.filter(events::event.eq("released")).select(events::leaf).first(tx.conn)?));
    assert!(leaf.contains(&sha256_hex(document.html.as_bytes())) && leaf.contains("Demande 2026-041"), "{leaf}");
    assert!(aline.open(&format!("/d/{gift}")).await.says("Dossier communiqué à Demande 2026-041"));
    assert!(
        !app.as_("camille").open(&format!("/d/{gift}")).await.says("Demande 2026-041"),
        "who asks is not told to others"
    );
    // What changed since it was looked at is looked at again.
    app.does("camille", {
        let gift = gift.clone();
        move |tx, actor| probite::rectifications::actions::ask(tx, actor, &gift, "", "La date est fausse.")
    })
    .unwrap();
    let other = app.files_gift("theo");
    let form = aline.open(&format!("/d/{other}/communication")).await.form("/communication").with("recipient", "041");
    app.decides("rosalie", &other, "accept").unwrap();
    let stale = aline.send_to(&form, &format!("/d/{other}/communication/document")).await;
    assert_eq!(stale.status, 412, "{}", stale.text());
    // Nobody else, nobody their own, and nothing that was told in confidence.
    for (who, file) in [("rosalie", gift.as_str()), ("camille", gift.as_str())] {
        assert_eq!(app.as_(who).open(&format!("/d/{file}/communication")).await.status, 409, "{who}");
    }
    let own = app.files("aline", "interest_declaration", answers::interest());
    assert_eq!(aline.open(&format!("/d/{own}/communication")).await.status, 409);
    let advice = app.files("camille", "advice_request", answers::advice());
    assert_eq!(aline.open(&format!("/d/{advice}/communication")).await.status, 409);
}

/// P10: a file joined is given whole or not at all, withheld unless she says otherwise; the document has its hash.
#[actix_web::test]
async fn a_file_joined_goes_with_the_document_when_it_is_chosen() {
    let app = TestApp::new().await;
    let draft = app.drafts("camille", "gift_declaration", answers::gift());
    let pdf = files::pdf("Facture de Camille");
    let body = files::multipart(
        &[("value_method", "invoice"), ("value_cents", "80,25")],
        &[("attachments", "facture de Camille.pdf", &pdf)],
    );
    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    let sent =
        app.as_("camille").request(Method::POST, &format!("/brouillons/{draft}/value"), &headers, Some(body)).await;
    assert_eq!(sent.status, 303);
    let gift = app.sends("camille", &draft).unwrap().reference.unwrap();
    let file: i64 = app.read(|tx| Ok(attachments::table.select(attachments::id).first(tx.conn)?));
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{gift}/communication")).await;
    assert!(page.says(&say("release-files")), "{}", page.text());
    assert_eq!(page.link(&say("release-open-file")), format!("/pieces/{file}"), "it is looked at before it is given");
    let form = page.form("/communication").with("recipient", "Demande 2026-042");
    let line = format!("file-{file}");
    assert_eq!(form.value(&line), Some("53"), "withheld unless it is given");
    let address = format!("/d/{gift}/communication/document");
    let without = aline.send_to(&form, &address).await;
    assert_eq!(without.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(!without.html.contains("Camille"), "not even its name: {}", without.html);

    let form = aline.open(&format!("/d/{gift}/communication")).await.form("/communication");
    let with = aline.send_to(&form.with("recipient", "Demande 2026-042").with(&line, "given"), &address).await;
    assert_eq!(with.header("content-type"), Some("application/zip"));
    assert!(with.header("content-disposition").unwrap().contains(&format!("communication-{gift}.zip")));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(with.bytes.clone())).unwrap();
    let mut read = |name: &str| {
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(name).unwrap(), &mut content).unwrap();
        content
    };
    let (document, joined) = (read("communication.html"), read(&format!("fichiers/{file}-facture de Camille.pdf")));
    assert!(joined.starts_with(b"%PDF"));
    assert!(String::from_utf8_lossy(&document).contains(&sha256_hex(&joined)), "the document has its fingerprint");
    let leaves: Vec<String> = app.read(|tx| {
        Ok(events::table.filter(events::event.eq("released")).order(events::seq).select(events::leaf).load(tx.conn)?)
    });
    assert!(leaves[0].contains(&format!("\"line\":\"{line}\"")), "{}", leaves[0]);
    assert!(!leaves[1].contains(&line) && leaves[1].contains(&sha256_hex(&document)), "{}", leaves[1]);
}
