//! What is written once and never again.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use probite::db::DbConn;
use probite::db::schema::{events, revisions};
use probite::error::Error;

use crate::support::{TestApp, answers};

/// Some life in every table.
fn some_life(app: &TestApp) -> String {
    let reference = app.files("camille", "interest_declaration", answers::interest());
    app.corrects("camille", &reference, answers::interest()).unwrap();
    app.asks("rosalie", &reference, "Quand?").unwrap();
    app.answers("camille", &reference, "En 2019.").unwrap();
    app.decides("rosalie", &reference, "managed").unwrap();
    reference
}

fn execute(app: &TestApp, sql: &str) -> Result<(), Error> {
    let sql = sql.to_owned();
    app.app.write_here(move |tx| {
        match tx.conn {
            DbConn::Sqlite(conn) => conn.batch_execute(&sql)?,
            DbConn::Postgres(conn) => conn.batch_execute(&sql)?,
        }
        Ok(())
    })
}

#[actix_web::test]
async fn the_chain_of_the_journal_holds() {
    let app = TestApp::new().await;
    some_life(&app);
    assert_eq!(app.read(probite::journal::store::first_break), None);
    let count: i64 = app.read(|tx| Ok(events::table.count().get_result(tx.conn)?));
    let last: Option<i64> = app.read(|tx| Ok(events::table.select(diesel::dsl::max(events::seq)).first(tx.conn)?));
    assert_eq!(last, Some(count), "numbers without gap");
}

/// The twin: once the triggers are out of the way, one changed letter is found.
#[actix_web::test]
async fn one_letter_changed_in_the_journal_breaks_the_chain() {
    let app = TestApp::new().await;
    app.is_altered();
    some_life(&app);
    let (off, change) = if app.app.db.is_postgres() {
        ("DROP TRIGGER events_no_update ON events", "UPDATE events SET leaf = replace(leaf, '2019', '2009')")
    } else {
        ("DROP TRIGGER events_no_update", "UPDATE events SET leaf = replace(leaf, '2019', '2009')")
    };
    execute(&app, off).unwrap();
    execute(&app, change).unwrap();
    assert!(app.read(probite::journal::store::first_break).is_some());
}

/// A01
#[actix_web::test]
async fn what_happened_can_be_neither_changed_nor_removed() {
    let app = TestApp::new().await;
    some_life(&app);
    app.as_("rosalie").open("/d/INT-2026-000001").await;
    for (table, column) in
        [("events", "leaf"), ("revisions", "answers"), ("decisions", "reason"), ("access_log", "action")]
    {
        let rows = |app: &TestApp| -> i64 {
            #[derive(diesel::QueryableByName)]
            struct Count {
                #[diesel(sql_type = diesel::sql_types::BigInt)]
                n: i64,
            }
            let sql = format!("SELECT count(*) AS n FROM {table}");
            app.read(|tx| Ok(diesel::sql_query(sql).get_result::<Count>(tx.conn)?)).n
        };
        let before = rows(&app);
        assert!(before > 0, "{table} has rows to protect");
        for sql in [format!("UPDATE {table} SET {column} = 'autre'"), format!("DELETE FROM {table}")] {
            let refused = execute(&app, &sql);
            assert!(matches!(&refused, Err(Error::Internal(why)) if why.contains("append-only")), "{sql}: {refused:?}");
        }
        if app.app.db.is_postgres() {
            assert!(execute(&app, &format!("TRUNCATE {table} CASCADE")).is_err(), "TRUNCATE {table}");
        } else {
            let replaced = execute(&app, &format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"));
            assert!(replaced.is_err() || rows(&app) == before, "REPLACE {table}");
        }
        assert_eq!(rows(&app), before, "{table}");
    }
    assert_eq!(app.read(probite::journal::store::first_break), None);
}

/// M07: I4, A03: a use case that fails leaves neither change, event nor letter.
#[actix_web::test]
async fn what_is_rolled_back_leaves_no_event_and_no_letter() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let pulse = app.pulse();
    let slug = reference.clone();
    let failed = app.does("camille", move |tx, actor| {
        probite::declarations::actions::withdraw(tx, actor, &slug, "Erreur.")?;
        Err::<(), _>(Error::Internal("the disk is full".into()))
    });
    assert!(failed.is_err());
    assert_eq!(app.pulse(), pulse);
    assert_eq!(app.read(probite::journal::store::first_break), None);
}

#[actix_web::test]
async fn a_use_case_that_panics_stops_nobody_else() {
    let app = TestApp::new().await;
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let pulse = app.pulse();
    let slug = key.clone();
    let actor = app.actor("camille");
    let product = app.app.clone();
    let panicked = std::thread::spawn(move || {
        product.write_here(move |tx| -> probite::error::Result<()> {
            probite::declarations::actions::submit(tx, &actor, &slug, true)?;
            panic!("a bug")
        })
    })
    .join();
    assert!(!matches!(panicked, Ok(Ok(()))));
    assert_eq!(app.pulse(), pulse);
    assert_eq!(app.sends("camille", &key).unwrap().reference.as_deref(), Some("CAD-2026-000001"));
}

/// A03
#[actix_web::test]
async fn every_change_of_a_declaration_has_its_event_and_every_version_is_kept() {
    let app = TestApp::new().await;
    let reference = some_life(&app);
    assert_eq!(
        app.journal(&reference),
        ["submitted", "corrected", "information_requested", "information_provided", "decided", "measure_ordered"]
    );
    let id = app.row(&reference).id;
    let kept: Vec<i32> = app.read(|tx| {
        Ok(revisions::table
            .filter(revisions::declaration_id.eq(id))
            .order(revisions::number.asc())
            .select(revisions::number)
            .load(tx.conn)?)
    });
    assert_eq!(kept, [1, 2]);
}

/// P08: each reading of a confidential file by somebody else, and each refused try, leaves a line.
#[actix_web::test]
async fn reading_a_confidential_file_leaves_a_line_before_any_byte_leaves() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    let path = format!("/d/{reference}");
    app.as_("camille").open(&path).await;
    assert_eq!(app.access_log(), [], "her own");
    app.as_("rosalie").open(&path).await;
    app.as_("aline").open(&path).await;
    app.as_("olivier").open(&path).await;
    app.as_("serge").open(&path).await;
    assert_eq!(
        app.access_log(),
        [
            ("rosalie", "read".to_owned(), true),
            ("aline", "read".to_owned(), true),
            ("olivier", "read".to_owned(), false),
            ("serge", "read".to_owned(), false),
        ]
    );
}

#[actix_web::test]
async fn a_refused_try_to_act_leaves_a_line_too() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    let olivier = app.as_("olivier");
    for action in ["decision", "prise-en-charge", "reponse", "avis", "retrait", "fermeture", "reaffectation"] {
        let before = app.access_log().len();
        let page = olivier.post(&format!("/d/{reference}/{action}"), &[("outcome", "no_conflict")]).await;
        assert_eq!(page.status, 404, "{action}");
        let added: Vec<_> = app.access_log().into_iter().skip(before).collect();
        assert_eq!(
            added.iter().map(|(who, _, allowed)| (*who, *allowed)).collect::<Vec<_>>(),
            [("olivier", false)],
            "{action}"
        );
    }
}

#[actix_web::test]
async fn an_ordinary_file_is_read_without_a_line_but_a_refused_try_is_noted() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.as_("rosalie").open(&format!("/d/{reference}")).await;
    assert_eq!(app.access_log(), []);
    app.as_("olivier").open(&format!("/d/{reference}")).await;
    assert_eq!(app.access_log().len(), 1);
    app.as_("olivier").open("/d/CAD-2026-999999").await;
    assert_eq!(app.access_log().len(), 1, "nothing was there to read");
}
