use std::time::{Duration, Instant};

use super::sink::{Act, IN_2150, Sink, client_config, say};
use super::*;

const FROM: &str = "registre@ministere.example";
const TO: &str = "awa@ministere.example";
const MESSAGE: &[u8] = b"Subject: x\r\n\r\nbody\r\n";

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(10)
}

fn session(sink: &Sink) -> Session {
    sink.relay(SmtpTls::None).connect(soon()).unwrap()
}

fn send(session: &mut Session, to: &str) -> Delivery {
    session.send(FROM, to, MESSAGE, soon(), &mut || true)
}

fn refused(delivery: Delivery) -> Trouble {
    match delivery {
        Delivery::Refused(trouble) => trouble,
        other => panic!("{other:?}"),
    }
}

fn lost(delivery: Delivery) -> (Trouble, bool) {
    match delivery {
        Delivery::Lost { trouble, handed_over } => (trouble, handed_over),
        other => panic!("{other:?}"),
    }
}

fn class_of_connect(relay: &Relay) -> Class {
    relay.connect(soon()).err().expect("the connection must be refused").class
}

#[test]
fn letters_leave_one_after_the_other_on_one_connection() {
    let sink = Sink::well_behaved();
    let mut session = session(&sink);
    for n in 0..3 {
        assert!(matches!(send(&mut session, &format!("p{n}@a.example")), Delivery::Accepted));
    }
    assert_eq!(session.carried(), 3);
    session.quit();
    let per_letter = |n: usize| [format!("MAIL FROM:<{FROM}>"), format!("RCPT TO:<p{n}@a.example>"), "DATA".to_owned()];
    let mut expected = vec!["EHLO registre.example".to_owned()];
    (0..3).for_each(|n| expected.extend(per_letter(n)));
    expected.push("QUIT".into());
    assert_eq!(sink.commands(), expected);
    assert_eq!(sink.connections(), 1);
    assert_eq!(sink.messages()[2], ("p2@a.example".to_owned(), MESSAGE.to_vec()));
}

#[test]
fn without_pipelining_each_command_awaits_its_answer() {
    let sink = Sink::with(&[], false, |verb, _, _| (verb == "RCPT").then(|| say("550 5.1.1 unknown")).flatten());
    let mut session = session(&sink);
    assert_eq!(refused(send(&mut session, TO)).class, Class::Permanent);
    assert_eq!(sink.commands()[1..], [format!("MAIL FROM:<{FROM}>"), format!("RCPT TO:<{TO}>"), "RSET".into()]);
}

/// M05
#[test]
fn a_body_cannot_say_anything_to_the_relay() {
    let sink = Sink::well_behaved();
    let mut session = session(&sink);
    let bodies: [&[u8]; 6] = [
        b"x\r\n.\r\nMAIL FROM:<evil@x>\r\nRCPT TO:<all@x>\r\nDATA\r\nhi\r\n.\r\n",
        b"x\n.\nMAIL FROM:<evil@x>\n",
        b"x\r.\rRSET\r",
        b"x\n.\r\nQUIT\r\n",
        b".\n..\n...\n",
        b"",
    ];
    for body in bodies {
        assert!(matches!(session.send(FROM, TO, body, soon(), &mut || true), Delivery::Accepted), "{body:?}");
    }
    assert_eq!(sink.commands().len(), 1 + 3 * bodies.len(), "{:?}", sink.commands());
    let received = sink.messages();
    assert_eq!(received[0].1, b"x\r\n..\r\nMAIL FROM:<evil@x>\r\nRCPT TO:<all@x>\r\nDATA\r\nhi\r\n..\r\n");
    assert_eq!(received[4].1, b"..\r\n...\r\n....\r\n");
}

/// M10
#[test]
fn a_refused_letter_does_not_stop_the_next() {
    for (verb, answer, class) in [
        ("MAIL", "451 4.3.0 later", Class::Temporary),
        ("MAIL", "552 too big", Class::Permanent),
        ("RCPT", "450 4.2.1 greylisted", Class::Temporary),
        ("RCPT", "550 5.1.1 no such user", Class::Permanent),
        ("DATA", "452 full", Class::Temporary),
        ("DATA", "554 no", Class::Permanent),
        ("DOT", "451 later", Class::Temporary),
        ("DOT", "554 5.7.1 spam", Class::Permanent),
    ] {
        let sink = Sink::start(move |v, heard, _| if v == verb && heard == 1 { say(answer) } else { None });
        let mut session = session(&sink);
        let trouble = refused(send(&mut session, "bad@a.example"));
        assert_eq!((trouble.class, trouble.code), (class, answer[..3].parse().ok()), "{verb} {answer}");
        assert!(trouble.text.starts_with(answer), "{trouble:?}");
        assert!(matches!(send(&mut session, TO), Delivery::Accepted), "{verb} {answer}");
        // A relay may take data although nobody is to have it: what it then gets is empty.
        let kept: Vec<_> = sink.messages().into_iter().filter(|(_, body)| !body.is_empty()).collect();
        assert_eq!(kept, [(TO.to_owned(), MESSAGE.to_vec())], "{verb} {answer}");
        assert_eq!(sink.connections(), 1);
    }
}

#[test]
fn an_answer_that_asks_for_sign_in_blames_no_letter() {
    let sink = Sink::start(|verb, _, _| if verb == "MAIL" { say("530 5.7.0 authentication required") } else { None });
    assert_eq!(refused(send(&mut session(&sink), TO)).class, Class::SignIn);
}

#[test]
fn a_relay_that_is_closing_or_hangs_up_loses_the_connection_and_says_whether_the_body_left() {
    for (verb, handed_over) in [("MAIL", false), ("RCPT", false), ("DATA", false), ("DOT", true)] {
        let hangs = Sink::start(move |v, _, _| (v == verb).then_some(Act::HangUp));
        let closes = Sink::start(move |v, _, _| if v == verb { say("421 4.3.2 closing") } else { None });
        for (sink, class) in [(hangs, Class::Connection), (closes, Class::Temporary)] {
            let mut session = session(&sink);
            let (trouble, left) = lost(send(&mut session, TO));
            assert_eq!((trouble.class, left), (class, handed_over), "{verb}: {trouble:?}");
            assert!(!session.is_usable());
            assert!(sink.messages().is_empty());
        }
    }
}

#[test]
fn a_relay_that_hangs_up_before_we_begin_is_an_outage() {
    for verb in ["CONNECT", "EHLO"] {
        let sink = Sink::start(move |v, _, _| (v == verb).then_some(Act::HangUp));
        assert_eq!(class_of_connect(&sink.relay(SmtpTls::None)), Class::Connection, "{verb}");
    }
    let sink = Sink::start(|verb, _, _| if verb == "CONNECT" { say("554 no service") } else { None });
    assert!(sink.relay(SmtpTls::None).connect(soon()).is_err());
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut relay = sink.relay(SmtpTls::None);
    relay.port = nobody;
    assert_eq!(class_of_connect(&relay), Class::Connection);
}

/// M10
#[test]
fn a_relay_that_does_not_answer_is_given_up_at_every_verb() {
    for verb in ["CONNECT", "EHLO"] {
        let sink = Sink::start(move |v, _, _| (v == verb).then_some(Act::Mute));
        assert_eq!(class_of_connect(&sink.relay(SmtpTls::None)), Class::Timeout, "{verb}");
    }
    for (verb, handed_over) in [("MAIL", false), ("RCPT", false), ("DATA", false), ("DOT", true)] {
        let sink = Sink::start(move |v, _, _| (v == verb).then_some(Act::Mute));
        let (trouble, left) = lost(send(&mut session(&sink), TO));
        assert_eq!((trouble.class, left), (Class::Timeout, handed_over), "{verb}");
    }
}

#[test]
fn an_answer_that_drips_does_not_stretch_the_wait() {
    let sink = Sink::start(|verb, _, _| (verb == "DOT").then_some(Act::Drip(Duration::from_millis(200))));
    let started = Instant::now();
    let (trouble, _) = lost(send(&mut session(&sink), TO));
    assert_eq!(trouble.class, Class::Timeout);
    assert!(started.elapsed() < Duration::from_millis(1500), "{:?}", started.elapsed());
}

#[test]
fn a_letter_that_may_not_go_on_is_forgotten_by_the_relay() {
    let sink = Sink::well_behaved();
    let mut session = session(&sink);
    let (_, handed_over) = lost(session.send(FROM, TO, MESSAGE, soon(), &mut || false));
    assert!(!handed_over && sink.messages().is_empty());
}

/// M10
#[test]
fn answers_of_several_lines_or_of_a_code_alone_are_read_and_wild_ones_refused() {
    let sink = Sink::start(|verb, heard, _| match (verb, heard) {
        ("DOT", 1) => say("250-kept\r\n250-as 17\r\n250 thanks"),
        ("DOT", 2) => say("250"),
        ("DOT", 3) => say("250-kept\r\n550 not"),
        _ => None,
    });
    let mut session = session(&sink);
    assert!(matches!(send(&mut session, TO), Delivery::Accepted));
    assert!(matches!(send(&mut session, TO), Delivery::Accepted));
    assert_eq!(lost(send(&mut session, TO)).0.class, Class::Connection);
    for wild in ["", "ok", "2", "25x ok", "+25 ok", "999 ok", "100 ok", "250ok", "éé", "\u{fffd}\u{fffd}"] {
        let wild_sink = Sink::start(move |verb, _, _| if verb == "CONNECT" { say(wild) } else { None });
        assert!(wild_sink.relay(SmtpTls::None).connect(soon()).is_err(), "{wild:?}");
    }
    let endless: &'static str = Box::leak("2".repeat(100_000).into_boxed_str());
    let many: &'static str = Box::leak("220-x\r\n".repeat(10_000).into_boxed_str());
    for flood in [endless, many] {
        let sink = Sink::start(move |verb, _, _| if verb == "CONNECT" { say(flood) } else { None });
        assert_eq!(class_of_connect(&sink.relay(SmtpTls::None)), Class::Connection);
    }
}

#[test]
fn nothing_is_sent_in_clear_when_starttls_is_not_offered() {
    let sink = Sink::well_behaved();
    let trouble = sink.relay(SmtpTls::Starttls).connect(soon()).err().unwrap();
    assert_eq!(trouble.class, Class::Tls);
    assert_eq!(sink.commands(), ["EHLO registre.example"]);
}

#[test]
fn nothing_is_sent_in_clear_when_starttls_is_refused_or_tampered_with() {
    for answer in ["454 not now", "220 go\r\n250 injected"] {
        let sink = Sink::with(&["STARTTLS"], false, move |v, _, _| if v == "STARTTLS" { say(answer) } else { None });
        assert!(sink.relay(SmtpTls::Starttls).connect(soon()).is_err(), "{answer}");
        assert_eq!(sink.commands()[..2], ["EHLO registre.example", "STARTTLS"]);
        assert!(!sink.commands().iter().any(|line| line.starts_with("MAIL")));
    }
}

#[test]
fn letters_leave_encrypted_by_starttls_and_by_implicit_tls() {
    for (tls, implicit) in [(SmtpTls::Starttls, false), (SmtpTls::Tls, true)] {
        let sink = Sink::with(&["STARTTLS", "PIPELINING"], implicit, |_, _, _| None);
        let mut session = sink.relay(tls).connect(soon()).unwrap();
        assert!(matches!(send(&mut session, TO), Delivery::Accepted));
        session.quit();
        assert_eq!(sink.messages().len(), 1);
        let hellos = sink.commands().iter().filter(|line| line.starts_with("EHLO")).count();
        assert_eq!(hellos, if implicit { 1 } else { 2 });
    }
}

#[test]
fn a_certificate_of_another_host_or_authority_or_time_is_refused() {
    let sink = Sink::with(&["STARTTLS"], false, |_, _, _| None);
    let mut other_host = sink.relay(SmtpTls::Starttls);
    other_host.host = "127.0.0.1".into();
    let mut unknown_authority = sink.relay(SmtpTls::Starttls);
    unknown_authority.trust = Some(platform_trust().unwrap());
    let mut expired = sink.relay(SmtpTls::Starttls);
    expired.trust = Some(client_config(IN_2150));
    for (name, relay) in [("host", other_host), ("authority", unknown_authority), ("date", expired)] {
        let trouble = relay.connect(soon()).err().unwrap();
        assert_eq!(trouble.class, Class::Tls, "{name}: {trouble:?}");
    }
    assert!(sink.commands().iter().all(|line| line.starts_with("EHLO") || line == "STARTTLS"));
}

#[test]
fn a_relay_that_speaks_no_tls_is_refused() {
    let sink = Sink::well_behaved();
    assert!(sink.relay(SmtpTls::Tls).connect(soon()).is_err());
}

#[test]
fn signing_in_uses_plain_then_login_and_reads_the_password_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    std::fs::write(&file, "s3crèt\n").unwrap();
    let plain = Sink::with(&["AUTH LOGIN PLAIN"], false, |_, _, _| None);
    plain.signed(SmtpTls::None, "registre", &file).connect(soon()).unwrap();
    assert_eq!(plain.commands()[1], format!("AUTH PLAIN {}", STANDARD.encode("\0registre\0s3crèt")));
    let login = Sink::with(&["auth login"], false, |_, _, _| None);
    let relay = login.signed(SmtpTls::None, "registre", &file);
    relay.connect(soon()).unwrap();
    assert_eq!(login.commands()[1..], ["AUTH LOGIN".into(), STANDARD.encode("registre"), STANDARD.encode("s3crèt")]);
    std::fs::write(&file, "other").unwrap();
    relay.connect(soon()).unwrap();
    assert_eq!(login.commands().last(), Some(&STANDARD.encode("other")));
}

#[test]
fn failing_to_sign_in_is_an_outage() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    let none = Sink::with(&["AUTH PLAIN"], false, |_, _, _| None);
    assert_eq!(class_of_connect(&none.signed(SmtpTls::None, "registre", &file)), Class::SignIn);
    std::fs::write(&file, "wrong").unwrap();
    let no = Sink::with(&["AUTH PLAIN"], false, |v, _, _| if v == "AUTH" { say("535 5.7.8 no") } else { None });
    assert_eq!(class_of_connect(&no.signed(SmtpTls::None, "registre", &file)), Class::SignIn);
    let other = Sink::with(&["AUTH GSSAPI"], false, |_, _, _| None);
    assert_eq!(class_of_connect(&other.signed(SmtpTls::None, "registre", &file)), Class::SignIn);
    assert!(!other.commands().iter().any(|line| line.starts_with("AUTH")));
}

/// `cargo test --release smtp::tests::throughput -- --ignored --nocapture`
#[test]
#[ignore = "a measure, not a check: run it in release"]
fn throughput_on_loopback() {
    let message =
        [b"Subject: x\r\n\r\n".as_slice(), &b"une ligne de texte comme une autre, sans rien.\r\n".repeat(120)].concat();
    for offers in [&["PIPELINING"][..], &[]] {
        let sink = Sink::with(offers, false, |_, _, _| None);
        let mut session = session(&sink);
        let (letters, started) = (5000, Instant::now());
        for _ in 0..letters {
            let until = Instant::now() + Duration::from_secs(5);
            assert!(matches!(session.send(FROM, TO, &message, until, &mut || true), Delivery::Accepted));
        }
        let rate = f64::from(letters) / started.elapsed().as_secs_f64();
        println!("{offers:?}: {rate:.0} letters/s of {} octets", message.len());
    }
}
