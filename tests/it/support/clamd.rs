//! A clamd of stories: it speaks the same few words on a port of this machine, and answers what the story says.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What it does with the next files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Looks for the string of EICAR.
    Looks,
    /// Finds something in everything.
    Finds,
    /// Everything is larger than its limit.
    TooLarge,
    /// It looked at a part only.
    LimitsExceeded,
    /// Takes the file and never answers.
    Hangs,
    /// Hangs up.
    Leaves,
}

pub struct Clamd {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

struct State {
    manner: Manner,
    received: Vec<Vec<u8>>,
    stopping: bool,
    /// Left open without an answer.
    held: Vec<TcpStream>,
}

impl Clamd {
    pub fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State { manner, received: Vec::new(), stopping: false, held: Vec::new() }));
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.lock().expect("a lock").stopping {
                    return;
                }
                // Whoever hung up got what it wanted.
                drop(serve(stream, &shared));
            }
        });
        Self { address, state, thread: Some(thread) }
    }

    /// What `uploads.clamd` says.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    pub fn now(&self, manner: Manner) {
        let mut state = self.state.lock().expect("a lock");
        state.manner = manner;
        state.held.clear();
    }

    /// The files it was given, whole.
    pub fn received(&self) -> Vec<Vec<u8>> {
        self.state.lock().expect("a lock").received.clone()
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        if let Ok(mut state) = self.state.lock() {
            state.stopping = true;
            state.held.clear();
        }
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// An address where nobody is.
pub fn absent() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").to_string()
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut command = Vec::new();
    loop {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        if byte == [0] {
            break;
        }
        command.extend_from_slice(&byte);
    }
    if command == b"zVERSION" {
        return stream.write_all(b"ClamAV 1.4.3/27800/Wed Nov 25 08:26:44 2026\0");
    }
    assert_eq!(command, b"zINSTREAM");
    let manner = state.lock().expect("a lock").manner;
    if manner == Manner::Leaves {
        return Ok(());
    }
    let mut content = Vec::new();
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length)).expect("a length");
        if length == 0 {
            break;
        }
        let mut piece = vec![0; length];
        stream.read_exact(&mut piece)?;
        content.extend_from_slice(&piece);
    }
    let eicar = super::files::eicar();
    let found = content.windows(eicar.len()).any(|window| window == eicar.as_bytes());
    let mut state = state.lock().expect("a lock");
    state.received.push(content);
    let answer: &[u8] = match manner {
        Manner::Looks if !found => b"stream: OK\0",
        Manner::Looks | Manner::Finds => b"stream: Eicar-Test-Signature FOUND\0",
        Manner::TooLarge => b"INSTREAM size limit exceeded. ERROR\0",
        Manner::LimitsExceeded => b"stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND\0",
        Manner::Hangs | Manner::Leaves => {
            state.held.push(stream);
            return Ok(());
        }
    };
    stream.write_all(answer)
}
