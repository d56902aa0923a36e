use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::sql_types::Text;

use super::desk::Desk;
use super::*;
use crate::outbox::transport::{Class, Outcome};

fn desk() -> Desk {
    Desk::new(|_| ())
}

fn claim_ids(desk: &Desk, most: i64) -> Vec<i64> {
    let rows = desk.app.write_here(move |tx| claim(tx, most)).unwrap();
    rows.iter().map(|row| row.id).collect()
}

fn settle_here(desk: &Desk, claim: Claim, outcome: Outcome) -> bool {
    desk.app.write_here(move |tx| settle(tx, claim, &outcome)).unwrap()
}

fn later() -> Outcome {
    Outcome::Retry(Trouble::new(Class::Temporary, "451 later"))
}

#[test]
fn what_is_due_is_claimed_oldest_first_and_once() {
    let desk = desk();
    let (young, old, future) =
        (desk.letter("a@x.example", -10), desk.letter("b@x.example", -60), desk.letter("c@x.example", 60));
    assert!(desk.app.read_here(is_due).unwrap());
    assert_eq!(claim_ids(&desk, 1), [old]);
    assert_eq!(claim_ids(&desk, 10), [young]);
    assert_eq!(claim_ids(&desk, 10), [0_i64; 0]);
    assert!(!desk.app.read_here(is_due).unwrap());
    let row = desk.row(old);
    assert_eq!((row.state.as_str(), row.attempts), ("sending", 1));
    assert_eq!(row.lease_until, Some(desk.app.clock.now() + TimeDelta::seconds(LEASE)));
    desk.wait(61);
    assert_eq!(claim_ids(&desk, 10), [old, young, future]);
}

#[test]
fn a_lease_taken_over_leaves_the_first_holder_without_a_say() {
    let desk = desk();
    let id = desk.letter("a@x.example", 0);
    claim_ids(&desk, 1);
    let first = Claim::from(&desk.row(id));
    desk.wait(61);
    assert_eq!(claim_ids(&desk, 1), [id]);
    for outcome in [Outcome::Sent, later(), Outcome::Later, Outcome::Failed(Trouble::new(Class::Permanent, "550"))] {
        assert!(!settle_here(&desk, first, outcome));
    }
    assert_eq!(desk.state(id), "sending");
    assert!(settle_here(&desk, Claim::from(&desk.row(id)), Outcome::Sent));
    let row = desk.row(id);
    assert_eq!((row.state.as_str(), row.lease_until, row.sent_at), ("sent", None, Some(desk.app.clock.now())));
}

/// M10
#[test]
fn tries_are_spaced_out_up_to_four_hours_then_the_letter_has_failed() {
    let desk = desk();
    let id = desk.letter("a@x.example", 0);
    let most = desk.app.book.config.letters.max_attempts;
    for attempt in 1..=most {
        assert_eq!(claim_ids(&desk, 1), [id], "attempt {attempt}");
        assert!(settle_here(&desk, Claim::from(&desk.row(id)), later()));
        let row = desk.row(id);
        assert_eq!(row.last_error.as_deref(), Some("temporary: 451 later"));
        if attempt == most {
            assert_eq!(row.state, "failed");
            break;
        }
        let wait = (row.due_at - desk.app.clock.now()).num_milliseconds();
        let base = 1000 * (30_i64 << (attempt - 1)).min(4 * 3600);
        assert!((base * 8 / 10..=base * 12 / 10).contains(&wait), "attempt {attempt}: {wait} ms");
        assert_eq!(claim_ids(&desk, 1), [0_i64; 0]);
        desk.wait(wait / 1000 + 1);
    }
}

#[test]
fn letters_refused_together_do_not_come_back_together() {
    let waits: std::collections::HashSet<_> = (0..50).map(|_| claims::wait_after(5).unwrap()).collect();
    assert!(waits.len() > 40);
}

#[test]
fn a_letter_that_was_not_tried_keeps_its_attempts() {
    let desk = desk();
    let id = desk.letter("a@x.example", 0);
    claim_ids(&desk, 1);
    assert!(settle_here(&desk, Claim::from(&desk.row(id)), Outcome::Later));
    assert_eq!((desk.row(id).attempts, desk.state(id).as_str()), (0, "queued"));
    assert_eq!(claim_ids(&desk, 1), [id]);
}

#[test]
fn a_letter_that_stops_its_sender_each_time_is_put_aside() {
    let desk = desk();
    let id = desk.letter("a@x.example", 0);
    for _ in 0..desk.app.book.config.letters.max_attempts {
        assert_eq!(claim_ids(&desk, 1), [id]);
        desk.wait(LEASE + 1);
    }
    assert_eq!(claim_ids(&desk, 1), [0_i64; 0]);
    assert_eq!(desk.state(id), "failed");
}

#[test]
fn a_failed_letter_is_sent_again_under_the_same_message_id() {
    let desk = desk();
    let id = desk.letter("a@x.example", 0);
    let not_failed = desk.app.write_here(move |tx| resend(tx, id));
    assert!(matches!(not_failed, Err(Error::NotPossible(_))));
    claim_ids(&desk, 1);
    let before = desk.row(id);
    settle_here(&desk, Claim::from(&before), Outcome::Failed(Trouble::new(Class::Permanent, "550 no")));
    desk.wait(5);
    desk.app.write_here(move |tx| resend(tx, id)).unwrap();
    let row = desk.row(id);
    assert_eq!(
        (row.state.as_str(), row.attempts, row.last_error, row.due_at),
        ("queued", 0, None, desk.app.clock.now())
    );
    assert_eq!(row.message_id, before.message_id);
    assert!(matches!(desk.app.write_here(|tx| resend(tx, 999)), Err(Error::NotFound)));
}

#[test]
fn a_letter_is_cancelled_before_it_leaves_and_not_after() {
    let desk = desk();
    let id = desk.letter("a@x.example", 3600);
    desk.app.write_here(move |tx| cancel(tx, id)).unwrap();
    assert_eq!(desk.state(id), "cancelled");
    desk.wait(7200);
    assert_eq!(claim_ids(&desk, 9), [0_i64; 0]);
    let leaving = desk.letter("a@x.example", 0);
    claim_ids(&desk, 1);
    assert!(matches!(desk.app.write_here(move |tx| cancel(tx, leaving)), Err(Error::NotPossible(_))));
}

#[test]
fn lists_go_down_page_by_page_and_counts_agree() {
    let desk = desk();
    let ids: Vec<i64> = (0..5).map(|_| desk.letter("a@x.example", 0)).collect();
    let gone = desk.letter("b@x.example", 0);
    desk.app.write_here(move |tx| cancel(tx, gone)).unwrap();
    let page = |before| desk.app.read_here(|tx| list(tx, LetterState::Queued, before, 2)).unwrap();
    let first = page(None);
    assert_eq!(first.iter().map(|l| l.id).collect::<Vec<_>>(), [ids[4], ids[3]]);
    assert_eq!(page(Some(ids[3])).iter().map(|l| l.id).collect::<Vec<_>>(), [ids[2], ids[1]]);
    assert_eq!(page(Some(ids[1])).len(), 1);
    let counted = desk.app.read_here(counts).unwrap();
    assert_eq!(
        counted.iter().map(|(state, n)| (state.as_str(), *n)).collect::<Vec<_>>()[..],
        [("queued", 5), ("sending", 0), ("sent", 0), ("failed", 0), ("cancelled", 1)]
    );
    assert_eq!(desk.app.read_here(|tx| list_for_recipient(tx, 3, None, 10)).unwrap().len(), 6);
    assert_eq!(desk.app.read_here(|tx| list_for_recipient(tx, 4, None, 10)).unwrap().len(), 0);
    for state in LetterState::ALL {
        assert_eq!(LetterState::parse(state.as_str()), Some(state));
    }
}

#[test]
fn the_oldest_letter_says_how_late_it_is_and_why() {
    let desk = desk();
    assert_eq!(desk.app.read_here(oldest_queued).unwrap(), None);
    let old = desk.letter("a@x.example", -90);
    desk.letter("a@x.example", 0);
    desk.letter("a@x.example", 600);
    desk.app.write_here(|tx| note_outage(tx, &Trouble::new(Class::Tls, "no STARTTLS"))).unwrap();
    let oldest = desk.app.read_here(oldest_queued).unwrap().unwrap();
    assert_eq!(oldest, Oldest { late: TimeDelta::seconds(90), trouble: Some("tls: no STARTTLS".into()) });
    assert!(desk.row(old).last_error.is_some());
}

#[test]
fn the_text_of_letters_is_kept_for_its_days_and_no_longer() {
    let desk = desk();
    let (sent, queued) = (desk.letter("a@x.example", 0), desk.letter("b@x.example", 0));
    claim_ids(&desk, 1);
    settle_here(&desk, Claim::from(&desk.row(sent)), Outcome::Sent);
    let days = desk.app.book.config.letters.keep_days;
    desk.wait(days * 86400);
    assert_eq!(desk.app.write_here(purge_bodies).unwrap(), 0);
    desk.wait(1);
    assert_eq!(desk.app.write_here(purge_bodies).unwrap(), 1);
    assert_eq!(desk.app.write_here(purge_bodies).unwrap(), 0);
    let row = desk.row(sent);
    assert_eq!((row.text_body.as_str(), row.html_body.as_str(), row.subject.is_empty()), ("", "", false));
    assert!(!desk.row(queued).text_body.is_empty());
}

#[test]
fn several_holders_never_take_the_same_letter() {
    let desk = desk();
    for _ in 0..60 {
        desk.letter("a@x.example", 0);
    }
    let taken = Arc::new(AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                loop {
                    let rows = desk.app.write_here(|tx| claim(tx, 7)).unwrap();
                    if rows.is_empty() {
                        break;
                    }
                    taken.fetch_add(rows.len(), Ordering::SeqCst);
                    for row in &rows {
                        assert!(settle_here(&desk, Claim::from(row), Outcome::Sent));
                    }
                }
            });
        }
    });
    // On PostgreSQL a holder passes over rows another is taking, and may leave some for the next look.
    taken.fetch_add(claim_ids(&desk, 100).len(), Ordering::SeqCst);
    assert_eq!(taken.load(Ordering::SeqCst), 60);
}

#[derive(QueryableByName)]
struct Plan {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[test]
fn looking_at_the_queue_reads_the_queue_and_not_the_table() {
    let desk = desk();
    if desk.app.db.is_postgres() {
        return;
    }
    let now = desk.app.clock.now();
    let plan: Vec<Plan> = desk
        .app
        .read_here(|tx| {
            let plan = sql_query(format!("EXPLAIN QUERY PLAN {DUE_ON_SQLITE}"));
            Ok(plan.bind::<Timestamp, _>(now).bind::<BigInt, _>(100).load(tx.conn)?)
        })
        .unwrap();
    let plan: String = plan.iter().map(|line| line.detail.as_str()).collect::<Vec<_>>().join("; ");
    assert_eq!(plan, "SEARCH letters USING COVERING INDEX letters_queue (due_at<?)");
}
