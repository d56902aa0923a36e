use std::collections::HashMap;
use std::sync::OnceLock;

use super::*;
use crate::config::{SmtpTls, TransportKind};
use crate::outbox::smtp::sink::{Act, Sink, say};
use crate::outbox::store::desk::Desk;
use crate::outbox::transport::Class;

fn worker(desk: &Desk) -> Worker {
    Worker::new(desk.app.clone()).unwrap()
}

fn header(message: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(message).into_owned();
    let line = text.split("\r\n").find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap();
    line.to_owned()
}

#[test]
fn what_is_due_leaves_and_what_is_not_waits() {
    let sink = Sink::well_behaved();
    let desk = Desk::posting_to(&sink);
    let (now, tomorrow) = (desk.letter("a@x.example", 0), desk.letter("b@x.example", 86400));
    let tally = worker(&desk).run_once().unwrap();
    assert_eq!(tally, Tally { sent: 1, ..Tally::default() });
    assert_eq!((desk.state(now).as_str(), desk.state(tomorrow).as_str()), ("sent", "queued"));
    let [(to, message)] = &sink.messages()[..] else { panic!("one message") };
    assert_eq!((to.as_str(), header(message, "Message-ID")), ("a@x.example", desk.row(now).message_id));
    assert_eq!(sink.commands().last().map(String::as_str), Some("QUIT"));
    desk.wait(86400);
    assert_eq!(worker(&desk).run_once().unwrap().sent, 1);
}

/// M10
#[test]
fn one_bad_address_never_blocks_the_others() {
    let sink = Sink::start(|verb, _, line| match verb {
        "RCPT" if line.contains("unknown") => say("550 5.1.1 unknown"),
        "RCPT" if line.contains("grey") => say("451 4.7.1 come back"),
        "RCPT" if line.contains("poison") => Some(Act::HangUp),
        _ => None,
    });
    let desk = Desk::posting_to(&sink);
    let addresses = ["unknown@x.example", "grey@x.example", "poison@x.example", "not an address", "ok@x.example"];
    let [unknown, grey, poison, wrong, ok] = addresses.map(|address| desk.letter(address, 0));
    let tally = worker(&desk).run_once().unwrap();
    assert_eq!((tally.sent, tally.retried, tally.failed, &tally.outage), (1, 2, 2, &None));
    let states = [unknown, grey, poison, wrong, ok].map(|id| desk.state(id));
    assert_eq!(states, ["failed", "queued", "queued", "failed", "sent"]);
    assert_eq!(desk.row(unknown).last_error.as_deref(), Some("permanent: 550 5.1.1 unknown"));
    assert_eq!(desk.row(poison).attempts, 1);
    desk.wait(40);
    assert_eq!(worker(&desk).run_once().unwrap().retried, 2);
}

#[test]
fn a_relay_that_is_not_there_costs_no_letter_an_attempt() {
    let sink = Sink::well_behaved();
    let desk = Desk::posting_to(&sink);
    let id = desk.letter("a@x.example", 0);
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut config = desk.app.book.config.clone();
    config.letters.smtp_port = port;
    let mut cut_off = worker(&desk);
    cut_off.transport = Transport::open(&config).unwrap();
    for _ in 0..20 {
        let tally = cut_off.run_once().unwrap();
        assert_eq!((tally.sent, tally.outage.unwrap().class), (0, Class::Connection));
        desk.wait(3600);
    }
    let row = desk.row(id);
    assert_eq!((row.state.as_str(), row.attempts), ("queued", 0));
    assert!(row.last_error.unwrap().starts_with("connection: "));
    assert_eq!(worker(&desk).run_once().unwrap().sent, 1);
    assert_eq!(desk.row(id).last_error, None);
}

#[test]
fn when_encryption_is_stripped_the_queue_waits() {
    let sink = Sink::well_behaved();
    let port = sink.address.port();
    let desk = Desk::new(move |config| {
        config.letters.transport = TransportKind::Smtp;
        config.letters.smtp_port = port;
        config.letters.smtp_tls = SmtpTls::Starttls;
    });
    let id = desk.letter("a@x.example", 0);
    assert_eq!(worker(&desk).run_once().unwrap().outage.unwrap().class, Class::Tls);
    assert_eq!((desk.state(id).as_str(), desk.row(id).attempts), ("queued", 0));
    assert!(sink.commands().iter().all(|line| line.starts_with("EHLO")));
}

/// M06
#[test]
fn a_lost_answer_makes_at_most_one_more_copy_under_the_same_message_id() {
    // The relay keeps the letter, then the connection breaks before its answer.
    let kept = Arc::new(std::sync::Mutex::new(0));
    let keeps = Arc::clone(&kept);
    let sink = Sink::start(move |verb, heard, _| {
        (verb == "DOT" && heard == 2).then(|| {
            *keeps.lock().unwrap() += 1;
            Act::HangUp
        })
    });
    let desk = Desk::posting_to(&sink);
    let ids = [0; 4].map(|_| desk.letter("a@x.example", 0));
    let tally = worker(&desk).run_once().unwrap();
    assert_eq!((tally.sent, tally.retried), (3, 1));
    desk.wait(40);
    assert_eq!(worker(&desk).run_once().unwrap().sent, 1);
    assert!(ids.iter().all(|id| desk.state(*id) == "sent"));
    let mut seen = HashMap::new();
    for (_, message) in sink.messages() {
        *seen.entry(header(&message, "Message-ID")).or_insert(0) += 1;
    }
    assert_eq!((seen.len(), *kept.lock().unwrap()), (4, 1));
    assert!(seen.values().all(|copies| *copies == 1));
}

#[test]
fn a_letter_is_written_down_as_sent_before_the_next_one_is_handed_over() {
    let app: Arc<OnceLock<App>> = Arc::default();
    let (seen_by, late) = (Arc::clone(&app), Arc::new(std::sync::Mutex::new(0)));
    let count = Arc::clone(&late);
    let sink = Sink::start(move |verb, heard, _| {
        if verb == "DOT" {
            let sent = seen_by.get().unwrap().read_here(|tx| {
                Ok(store::counts(tx)?.iter().find(|(s, _)| *s == store::LetterState::Sent).map_or(0, |(_, n)| *n))
            });
            *count.lock().unwrap() += (heard - 1) - sent.unwrap();
        }
        None
    });
    let desk = Desk::posting_to(&sink);
    assert!(app.set(desk.app.clone()).is_ok());
    for _ in 0..20 {
        desk.letter("a@x.example", 0);
    }
    assert_eq!(worker(&desk).run_once().unwrap().sent, 20);
    assert_eq!(*late.lock().unwrap(), 0);
}

/// M06
#[test]
fn the_letters_of_a_worker_that_died_leave_after_their_lease() {
    let sink = Sink::well_behaved();
    let desk = Desk::posting_to(&sink);
    let id = desk.letter("a@x.example", 0);
    desk.app.write_here(|tx| store::claim(tx, 10)).unwrap();
    assert_eq!(worker(&desk).run_once().unwrap().sent, 0);
    desk.wait(store::LEASE + 1);
    assert_eq!(worker(&desk).run_once().unwrap().sent, 1);
    assert_eq!(desk.row(id).attempts, 2);
}

#[test]
fn several_workers_send_each_letter_once() {
    let sink = Sink::well_behaved();
    let desk = Desk::posting_to(&sink);
    for _ in 0..250 {
        desk.letter("a@x.example", 0);
    }
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| worker(&desk).run_once().unwrap());
        }
    });
    worker(&desk).run_once().unwrap();
    let messages = sink.messages();
    let different: std::collections::HashSet<_> = messages.iter().map(|(_, m)| header(m, "Message-ID")).collect();
    assert_eq!((messages.len(), different.len()), (250, 250));
}

#[test]
fn a_relay_that_limits_letters_per_connection_gets_a_new_one() {
    let sink = Sink::start(
        |verb, heard, _| {
            if verb == "MAIL" && heard % 4 == 0 { say("421 4.7.0 too many messages") } else { None }
        },
    );
    let desk = Desk::posting_to(&sink);
    for _ in 0..9 {
        desk.letter("a@x.example", 0);
    }
    let tally = worker(&desk).run_once().unwrap();
    assert_eq!((tally.sent, tally.retried), (9, 0));
    assert_eq!(sink.connections(), 3);
}

#[test]
fn a_connection_that_breaks_each_time_stops_the_batch_not_the_queue() {
    let sink = Sink::start(|verb, _, _| (verb == "DOT").then_some(Act::HangUp));
    let desk = Desk::posting_to(&sink);
    let ids = [0; 8].map(|_| desk.letter("a@x.example", 0));
    let tally = worker(&desk).run_once().unwrap();
    assert_eq!((tally.sent, tally.retried, tally.outage.is_some()), (0, 3, true));
    let attempts = ids.map(|id| desk.row(id).attempts);
    assert_eq!(attempts, [1, 1, 1, 0, 0, 0, 0, 0]);
    assert!(ids.iter().all(|id| desk.state(*id) == "queued"));
}

#[test]
fn a_worker_that_stops_gives_back_what_it_did_not_send() {
    let sink = Sink::well_behaved();
    let desk = Desk::posting_to(&sink);
    let id = desk.letter("a@x.example", 0);
    let mut worker = worker(&desk);
    let letters = desk.app.write_here(|tx| store::claim(tx, 10)).unwrap();
    let stopping = AtomicBool::new(true);
    let turn =
        Turn { start_by: Instant::now() + START_WITHIN, end_by: Instant::now() + END_WITHIN, stopping: &stopping };
    let mut tally = Tally::default();
    send_batch(&desk.app, &mut worker.transport, &worker.identity, &letters, &turn, &mut tally).unwrap();
    assert_eq!((desk.state(id).as_str(), desk.row(id).attempts), ("queued", 0));
    assert!(sink.messages().is_empty());
}

#[test]
fn letters_go_to_a_folder_whole_and_under_the_same_name_each_time() {
    let desk = Desk::new(|_| ());
    let id = desk.letter("a@x.example", 0);
    let folder = desk.folder.path().join("letters");
    assert_eq!(worker(&desk).run_once().unwrap().sent, 1);
    let names = || -> Vec<String> {
        let files = std::fs::read_dir(&folder).unwrap();
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names(), [format!("20260615T120000-{id:08}.eml")]);
    let message = std::fs::read(folder.join(&names()[0])).unwrap();
    assert_eq!(header(&message, "Message-ID"), desk.row(id).message_id);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "in the way").unwrap();
    let waits = desk.letter("b@x.example", 0);
    assert_eq!(worker(&desk).run_once().unwrap().outage.unwrap().class, Class::Folder);
    assert_eq!(desk.row(waits).attempts, 0);
}

#[test]
fn the_demonstration_keeps_letters_in_the_table() {
    let desk = Desk::new(|config| config.letters.transport = TransportKind::Mailbox);
    let ids: Vec<i64> = (0..150).map(|_| desk.letter("a@x.example", 0)).collect();
    assert_eq!(worker(&desk).run_once().unwrap().sent, 150);
    assert!(ids.iter().all(|id| desk.state(*id) == "sent"));
}

#[test]
fn a_pass_empties_old_letters() {
    let desk = Desk::new(|config| config.letters.transport = TransportKind::Mailbox);
    desk.letter("a@x.example", 0);
    worker(&desk).run_once().unwrap();
    desk.wait(31 * 86400);
    assert_eq!(worker(&desk).run_once().unwrap().purged, 1);
}

#[test]
fn a_running_worker_sends_when_rung_and_stops_when_told() {
    let sink = Sink::well_behaved();
    let desk = Desk::posting_to(&sink);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let worker = worker(&desk);
        let bell = worker.bell();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let running = tokio::spawn(worker.run(async move { drop(stopped.await) }));
        // It runs, and has its second before it.
        let first = desk.letter("a@x.example", 0);
        let begun = Instant::now();
        while desk.state(first) != "sent" {
            assert!(begun.elapsed() < Duration::from_secs(30), "it never looked");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let id = desk.letter("a@x.example", 0);
        bell.notify_one();
        let started = Instant::now();
        while desk.state(id) != "sent" {
            assert!(started.elapsed() < Duration::from_millis(700), "rung, it must not wait for its second");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let next = desk.letter("a@x.example", 0);
        while desk.state(next) != "sent" {
            assert!(started.elapsed() < Duration::from_secs(5), "not rung, it looks every second");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        stop.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(2), running).await.unwrap().unwrap();
    });
}

/// `cargo test --release worker::tests::throughput -- --ignored --nocapture`
#[test]
#[ignore = "a measure, not a check: run it in release"]
fn throughput_of_the_whole_outbox() {
    let sink = Sink::well_behaved();
    let desk = Desk::posting_to(&sink);
    for _ in 0..5000 {
        desk.letter("a@x.example", 0);
    }
    let started = Instant::now();
    assert_eq!(worker(&desk).run_once().unwrap().sent, 5000);
    let seconds = started.elapsed().as_secs_f64();
    println!("claim, send, write down: {:.0} letters/s", 5000.0 / seconds);
}
