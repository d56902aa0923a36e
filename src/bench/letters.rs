//! Letters: what one connection to a relay carries, alone and at the end of the whole outbox.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use super::table::Line;
use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, SmtpTls, TransportKind};
use crate::error::{Error, Result};
use crate::outbox::letter::{self, Letter};
use crate::outbox::smtp::{Delivery, Relay};
use crate::outbox::worker::Worker;
use crate::people;
use crate::texts::Arg;

const LETTERS: u32 = 4000;
const FROM: &str = "registre@ministere.example";
const TO: &str = "quelquun@ministere.example";

/// Letters per second over one connection, each claimed, sent and durably marked as sent; beside the same connection
/// with nothing around it.
pub fn measure(data: &Path) -> Result<Line> {
    let port = relay()?;
    let bare = bare(port)?;
    let whole = whole_outbox(data, port)?;
    Ok(Line::new("letters, whole outbox", format!("{whole:.0}/s"), "1,000/s", whole >= 1000.0)
        .floor(format!("{bare:.0}/s"))
        .note(format!("{:.0} % of the bare connection", whole * 100.0 / bare.max(1e-9))))
}

fn bare(port: u16) -> Result<f64> {
    let mut config = Config::defaults()?;
    posting_to(&mut config, port);
    let within = || Instant::now() + Duration::from_secs(30);
    let refused = |what: &str| Error::Internal(format!("the relay of the bench: {what}"));
    let mut session = Relay::new(&config.letters)?.connect(within()).map_err(|t| refused(t.class.as_str()))?;
    let message =
        format!("Subject: mesure\r\n\r\n{}", "une ligne de texte comme une autre, sans rien.\r\n".repeat(120));
    let began = Instant::now();
    for _ in 0..LETTERS {
        if !matches!(session.send(FROM, TO, message.as_bytes(), within(), &mut || true), Delivery::Accepted) {
            return Err(refused("a letter was not accepted"));
        }
    }
    Ok(f64::from(LETTERS) / began.elapsed().as_secs_f64())
}

fn whole_outbox(data: &Path, port: u16) -> Result<f64> {
    let mut config = Config::defaults()?;
    posting_to(&mut config, port);
    config.database.url = data.join("probite.db").display().to_string();
    config.sealing.key_file = data.join("sealing.key").display().to_string();
    config.database.allow_unsafe_settings = true;
    let app = App::build(config, Clock::system())?;
    let mut worker = Worker::new(app.clone())?;
    // What waited already leaves first.
    worker.run_once()?;
    app.write_here(|tx| {
        let to = people::store::find(tx, 1)?;
        for _ in 0..LETTERS {
            let letter = Letter {
                name: "reminder",
                declaration: None,
                reference: None,
                args: vec![("count", Arg::from(2))],
                facts: vec![("letter-fact-reference", "CAD-2026-000123".to_owned())],
                quote: None,
                link: "/a-traiter".into(),
                in_thread_of: None,
                receipt: true,
            };
            letter::enqueue(tx, &to, &letter)?;
        }
        Ok(())
    })?;
    let began = Instant::now();
    let sent = worker.run_once()?.sent;
    let seconds = began.elapsed().as_secs_f64();
    if sent < LETTERS as usize {
        return Err(Error::Internal(format!("{sent} letters of {LETTERS} left")));
    }
    Ok(f64::from(u32::try_from(sent).unwrap_or(u32::MAX)) / seconds)
}

fn posting_to(config: &mut Config, port: u16) {
    config.letters.transport = TransportKind::Smtp;
    config.letters.smtp_host = "127.0.0.1".into();
    config.letters.smtp_port = port;
    config.letters.smtp_tls = SmtpTls::None;
}

/// A relay that accepts everything and keeps nothing, on a free port of loopback.
fn relay() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(Error::internal)?;
    let port = listener.local_addr().map_err(Error::internal)?.port();
    std::thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            std::thread::spawn(move || drop(converse(&socket)));
        }
    });
    Ok(port)
}

fn converse(socket: &TcpStream) -> std::io::Result<()> {
    socket.set_nodelay(true)?;
    let (mut hears, mut says) = (BufReader::new(socket), socket);
    says.write_all(b"220 bench ESMTP\r\n")?;
    let (mut line, mut in_body) = (Vec::new(), false);
    loop {
        line.clear();
        if hears.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let answer: &[u8] = match (in_body, line.as_slice()) {
            (true, b".\r\n") => {
                in_body = false;
                b"250 kept\r\n"
            }
            (true, _) => continue,
            (false, [b'E', b'H', ..]) => b"250-bench\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
            (false, [b'D', ..]) => {
                in_body = true;
                b"354 go on\r\n"
            }
            (false, [b'Q', ..]) => return says.write_all(b"221 bye\r\n"),
            _ => b"250 ok\r\n",
        };
        says.write_all(answer)?;
    }
}
