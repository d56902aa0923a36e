//! Comments and private notes (ux.md W7, E24): each text has readers, named before it is sent, and no others.

use probite::error::{Error, FieldError};

use crate::support::{TestApp, answers, say};

#[actix_web::test]
async fn a_private_note_is_read_by_its_author_alone() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let before = app.letters().len();
    app.comments("aline", &reference, "private", "Vérifier le contrat de 2024.").unwrap();
    let path = format!("/d/{reference}");
    assert!(app.as_("aline").open(&path).await.says("Vérifier le contrat de 2024."));
    for name in ["marc", "rosalie", "camille", "audrey", "rita"] {
        for page in [path.clone(), format!("{path}/commentaires"), format!("/api/v1/declarations/{reference}")] {
            let page = app.as_(name).open(&page).await;
            assert!(!page.html.contains("contrat de 2024"), "{name} reads it at {}", page.path);
        }
    }
    assert_eq!(app.letters().len(), before, "nobody is told");
    let journal = app.journal_text(&reference);
    assert!(journal.contains("commented") && !journal.contains("contrat de 2024"), "{journal}");
}

#[actix_web::test]
async fn whoever_handles_a_file_writes_to_each_other_and_mentions_one_another() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let before = app.letters().len();
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{reference}")).await;
    let page = aline.open(&page.link(&say("comment-write"))).await;
    // Who will read it is on the page before anything is written.
    assert!(page.says("Liront ce texte\u{a0}: Marc Pelletier, Rosalie Tremblay."), "{}", page.text());
    assert!(page.says("Liront ce texte\u{a0}: Camille Gagnon, Marc Pelletier, Rosalie Tremblay."), "{}", page.text());
    let form = page.form("/commentaires");
    let page = aline.send(&form).await;
    assert_eq!(page.errors(), [say("error-comment"), say("error-comment-audience")]);
    let text = "La valeur semble haute, @rosalie tremblay.";
    let page = aline.send(&form.with("comment", text).with("audience", "readers").with("about", "value_cents")).await;
    assert_eq!(page.flash(), say("flash-commented"));
    assert!(page.says("La valeur semble haute"));
    assert_eq!(app.post_since(before), ["commented → rosalie"]);
    let letter = app.letters().pop().unwrap();
    assert!(!letter.text.contains("valeur semble haute"), "a letter holds nothing of it: {}", letter.text);
    assert!(app.as_("rosalie").open(&format!("/d/{reference}")).await.says("La valeur semble haute"));
    for name in ["camille", "audrey", "rita"] {
        let page = app.as_(name).open(&format!("/d/{reference}")).await;
        assert!(!page.html.contains("semble haute"), "{name}");
    }
}

#[actix_web::test]
async fn a_comment_for_the_person_is_answered_by_the_person() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let before = app.letters().len();
    app.comments("aline", &reference, "person", "Avez-vous gardé la facture?").unwrap();
    assert_eq!(app.post_since(before), ["commented → camille"]);
    let camille = app.as_("camille");
    let page = camille.open(&format!("/d/{reference}")).await;
    assert!(page.says("Avez-vous gardé la facture?"));
    let page = camille.open(&page.link(&say("comment-write"))).await;
    assert!(page.says("Liront ce texte\u{a0}: Aline Bouchard, Marc Pelletier, Rosalie Tremblay."), "{}", page.text());
    let page = camille.send(&page.form("/commentaires").with("comment", "Oui, je la joins demain.")).await;
    assert_eq!(page.flash(), say("flash-commented"));
    assert_eq!(app.post_since(before + 1), ["commented → rosalie"], "whoever has the file");
    assert!(app.as_("marc").open(&format!("/d/{reference}")).await.says("je la joins demain"));
    // She has no readers to choose: a hand-made form changes nothing.
    let refused = app.comments("camille", &reference, "readers", "Entre nous.");
    assert_eq!(fields(refused.unwrap_err()), [FieldError::new("audience", "error-comment-audience")]);
}

#[actix_web::test]
async fn whoever_would_not_read_a_comment_is_not_mentioned_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{reference}/commentaires")).await;
    let form = page.form("/commentaires").with("audience", "readers");
    for (name, text) in [("Théo", "Voir @Théo Simard demain"), ("Camille", "Et @Camille Gagnon?")] {
        let page = aline.send(&form.clone().with("comment", text)).await;
        assert_eq!(page.status, 422, "{name}");
        assert!(page.says("ne désigne aucune des personnes qui liront ce texte"), "{}", page.text());
        assert!(page.html.contains(text), "{name}: what was typed is still there");
        assert_eq!(page.form("/commentaires").value("audience"), Some("readers"));
    }
    let note = app.comments("aline", &reference, "private", "Pour @Marc Pelletier").unwrap_err();
    assert_eq!(fields(note), [FieldError::with("comment", "error-mention-private", "@Marc Pelletier")]);
    assert_eq!(app.journal(&reference), ["submitted"], "nothing was written");
}

#[actix_web::test]
async fn what_is_told_in_confidence_is_commented_between_the_person_and_the_ethics_office() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "advice_request", answers::advice());
    let before = app.letters().len();
    app.comments("aline", &slug, "person", "Depuis quand le savez-vous?").unwrap();
    assert_eq!(app.post_since(before), ["sealed-message → camille"]);
    assert!(matches!(app.comments("rosalie", &slug, "readers", "Et moi?"), Err(Error::NotFound)));
    let page = app.as_("aline").open(&format!("/d/{slug}/commentaires")).await;
    assert!(!page.html.contains("Rosalie"), "the supervisor is never among the readers");
}

#[actix_web::test]
async fn a_comment_is_never_rewritten() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.comments("aline", &reference, "readers", "À voir.").unwrap();
    for sql in ["UPDATE comments SET text = 'autre'", "DELETE FROM comments"] {
        let refused = app
            .app
            .db
            .write_here(move |conn| diesel::connection::SimpleConnection::batch_execute(conn, sql).map_err(Into::into));
        assert!(refused.is_err(), "{sql}");
    }
}

fn fields(error: Error) -> Vec<FieldError> {
    match error {
        Error::Invalid(fields) => fields,
        other => panic!("{other:?}"),
    }
}

#[actix_web::test]
async fn a_finding_is_contested_in_two_clicks_by_the_person_it_is_about() {
    let app = TestApp::new().await;
    let given = answers::changed(answers::gift(), serde_json::json!({ "value_cents": 9_000 }));
    let reference = app.files("camille", "gift_declaration", given);
    let path = format!("/d/{reference}");
    let camille = app.as_("camille");
    let page = camille.open(&path).await;
    let form = page.form("/commentaires");
    assert_eq!(form.value("about"), Some("rule:gift.value_over"));
    // Nothing written: the error is beside the field, and what it was about is kept.
    let refused = camille.send(&form).await;
    assert_eq!(refused.errors(), [say("error-comment")]);
    assert_eq!(refused.form("/commentaires").value("about"), Some("rule:gift.value_over"));
    let page = camille.send(&form.with("comment", "Le prix affiché comprend les taxes d’un lot de trois.")).await;
    assert_eq!(page.flash(), say("flash-commented"));
    assert!(page.says(&say("findings-contested")) && page.says("un lot de trois"), "{}", page.text());
    let page = app.as_("rosalie").open(&path).await;
    assert!(page.says(&say("findings-contested")) && page.says("dépasse le repère"), "{}", page.text());
    assert!(!page.html.contains("finding__contest\""), "only the person contests");
    assert!(app.journal_text(&reference).contains("rule:gift.value_over"));
    // A rule that found nothing in this file is not contested.
    let unknown = camille
        .post(
            &format!("{path}/commentaires"),
            &[("comment", "Non."), ("audience", "person"), ("about", "rule:gift.cash")],
        )
        .await;
    assert_eq!(unknown.status, 422);
}
