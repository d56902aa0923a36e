//! The wire between the product and its PostgreSQL, that a story cuts at the worst moment: while a transaction is being committed.
//!
//! It listens to what the product says (frontend protocol 3.0, without encryption) no more than it takes to know its statements.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, BufWriter, Read, Result, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// Where a commit is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The server never hears it: nothing is committed.
    BeforeCommit,
    /// The server committed, and its answer reaches nobody.
    AfterCommit,
}

pub struct Wire {
    address: SocketAddr,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

struct State {
    /// `host:port` of the server.
    server: String,
    /// The next cut, and the table that its transaction writes in.
    next: Mutex<Option<(Cut, &'static str)>>,
    cuts: AtomicU32,
    stopping: AtomicBool,
    /// Both ends of each connection, by its number.
    streams: Mutex<BTreeMap<usize, [TcpStream; 2]>>,
}

impl Wire {
    /// To the server of an address such as `postgres://role@host:port/database`.
    pub fn to(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            server: place(url).to_owned(),
            next: Mutex::default(),
            cuts: AtomicU32::default(),
            stopping: AtomicBool::default(),
            streams: Mutex::default(),
        });
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            for (number, product) in listener.incoming().flatten().enumerate() {
                if shared.stopping.load(Ordering::SeqCst) {
                    return;
                }
                let state = Arc::clone(&shared);
                // Whichever end leaves, the connection is over.
                std::thread::spawn(move || drop(carry(number, &product, &state)));
            }
        });
        Self { address, state, thread: Some(thread) }
    }

    /// The same database, by this wire.
    pub fn through(&self, url: &str) -> String {
        url.replacen(place(url), &self.address.to_string(), 1)
    }

    /// Cuts the commit of the next transaction that adds a row to a table, once.
    pub fn cuts_next(&self, cut: Cut, table: &'static str) {
        *self.state.next.lock().expect("a lock") = Some((cut, table));
    }

    /// How many commits were cut until now.
    pub fn cuts(&self) -> u32 {
        self.state.cuts.load(Ordering::SeqCst)
    }

    /// Every connection is over at once.
    pub fn hangs_up(&self) {
        for [product, server] in self.state.streams.lock().expect("a lock").values() {
            part(product, server);
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.state.stopping.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
        self.hangs_up();
    }
}

/// `host:port` of an address.
fn place(url: &str) -> &str {
    let authority = url.split_once("://").and_then(|(_, rest)| rest.split(['/', '?']).next());
    let place = authority.and_then(|text| text.rsplit('@').next()).filter(|place| place.contains(':'));
    place.unwrap_or_else(|| panic!("{url} names no host:port"))
}

/// One connection of the product, until one end leaves or it is cut.
fn carry(number: usize, product: &TcpStream, state: &Arc<State>) -> Result<()> {
    let server = TcpStream::connect(&state.server)?;
    for stream in [product, &server] {
        stream.set_nodelay(true)?;
    }
    let ends = [product.try_clone()?, server.try_clone()?];
    state.streams.lock().expect("a lock").insert(number, ends);
    let withheld = Arc::new(AtomicBool::new(false));
    let (from, to, shared, kept) =
        (server.try_clone()?, product.try_clone()?, Arc::clone(state), Arc::clone(&withheld));
    let answers = std::thread::spawn(move || {
        drop(answer(&from, &to, &shared, &kept));
        part(&from, &to);
    });
    drop(ask(product, &server, state, &withheld));
    part(product, &server);
    drop(answers.join());
    state.streams.lock().expect("a lock").remove(&number);
    Ok(())
}

/// Both ends hear that the other is gone.
fn part(one: &TcpStream, other: &TcpStream) {
    for stream in [one, other] {
        // It may have left by itself.
        drop(stream.shutdown(Shutdown::Both));
    }
}

/// What the product says goes to the server, until its commit is cut.
fn ask(product: &TcpStream, server: &TcpStream, state: &State, withheld: &AtomicBool) -> Result<()> {
    greet(product, server)?;
    let (mut from, mut to) = (BufReader::new(product), BufWriter::new(server));
    let (mut prepared, mut concerned) = (BTreeMap::new(), false);
    loop {
        let message = message(&mut from)?;
        let said = statement(&message, &mut prepared).unwrap_or_default();
        concerned = !said.starts_with("BEGIN") && (concerned || state.awaits(&said));
        if concerned && said == "COMMIT" {
            match state.next.lock().expect("a lock").take() {
                Some((Cut::BeforeCommit, _)) => {
                    state.cuts.fetch_add(1, Ordering::SeqCst);
                    return Ok(());
                }
                Some((Cut::AfterCommit, _)) => withheld.store(true, Ordering::SeqCst),
                None => {}
            }
        }
        to.write_all(&message)?;
        if from.buffer().is_empty() {
            to.flush()?;
        }
    }
}

/// What the server answers goes to the product, but for the answer to a commit that is cut.
fn answer(server: &TcpStream, product: &TcpStream, state: &State, withheld: &AtomicBool) -> Result<()> {
    let (mut from, mut to) = (BufReader::new(server), BufWriter::new(product));
    loop {
        let message = message(&mut from)?;
        if !withheld.load(Ordering::SeqCst) {
            to.write_all(&message)?;
            if from.buffer().is_empty() {
                to.flush()?;
            }
        } else if message.first() == Some(&b'Z') {
            // It is done with the commit.
            state.cuts.fetch_add(1, Ordering::SeqCst);
            return Ok(());
        }
    }
}

impl State {
    /// Does this statement add a row to the table of the next cut?
    fn awaits(&self, said: &str) -> bool {
        let next = self.next.lock().expect("a lock");
        next.is_some_and(|(_, table)| said.starts_with(&format!("INSERT INTO \"{table}\"")))
    }
}

/// Requests of encryption, by SSL and by GSSAPI: they come before the greeting, and are declined.
const ENCRYPTION: [u32; 2] = [80_877_103, 80_877_104];

/// The first words of the product: they have no letter.
fn greet(mut product: &TcpStream, mut server: &TcpStream) -> Result<()> {
    loop {
        let mut head = [0; 8];
        product.read_exact(&mut head)?;
        let [a, b, c, d, version @ ..] = head;
        if ENCRYPTION.contains(&u32::from_be_bytes(version)) {
            product.write_all(b"N")?;
            continue;
        }
        let mut rest = vec![0; length([a, b, c, d]).saturating_sub(head.len())];
        product.read_exact(&mut rest)?;
        server.write_all(&head)?;
        return server.write_all(&rest);
    }
}

/// One message, as it came: a letter, its length without the letter, what it says.
fn message(from: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut head = [0; 5];
    from.read_exact(&mut head)?;
    let [_, a, b, c, d] = head;
    let mut whole = head.to_vec();
    whole.resize(length([a, b, c, d]) + 1, 0);
    from.read_exact(&mut whole[head.len()..])?;
    Ok(whole)
}

fn length(bytes: [u8; 4]) -> usize {
    usize::try_from(u32::from_be_bytes(bytes)).expect("a length")
}

/// The statement that a message runs, if it runs one: at once, or prepared before under a name that may be empty.
fn statement(message: &[u8], prepared: &mut BTreeMap<Vec<u8>, String>) -> Option<String> {
    let (letter, words) = (message.first()?, message.get(5..)?);
    let mut words = words.split(|byte| *byte == 0);
    let (first, second) = (words.next()?, words.next()?);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match letter {
        b'P' => {
            prepared.insert(first.to_vec(), text(second));
            None
        }
        b'B' => prepared.get(second).cloned(),
        b'Q' => Some(text(first)),
        _ => None,
    }
}
