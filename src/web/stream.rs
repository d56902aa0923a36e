//! Long answers: written by a thread of their own, sent as they come, in constant memory.

use std::io::Write;

use actix_web::web::Bytes;
use futures_util::stream::{Stream, unfold};
use tokio::sync::mpsc::{Sender, channel};

use crate::error::{Error, Result};

/// Bytes handed over at a time.
const PIECE: usize = 64 * 1024;
/// Pieces waiting to be sent at most; then the writer waits too.
const WAITING: usize = 4;

struct Pipe {
    buffer: Vec<u8>,
    send: Sender<Result<Bytes>>,
}

impl Pipe {
    fn hand_over(&mut self) -> std::io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE)));
        self.send.blocking_send(Ok(piece)).map_err(|_| std::io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.hand_over()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.hand_over()
    }
}

/// Runs `work` on a thread of its own; what it writes becomes the body of an answer. An error cuts the answer short,
/// so that nobody takes half a file for a whole one.
pub fn written_by<F>(work: F) -> impl Stream<Item = Result<Bytes>> + 'static
where
    F: FnOnce(&mut dyn Write) -> Result<()> + Send + 'static,
{
    let (send, receive) = channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let mut pipe = Pipe { buffer: Vec::with_capacity(PIECE), send };
        let result = work(&mut pipe).and_then(|()| pipe.flush().map_err(Error::internal));
        if let Err(error) = result {
            tracing::error!(%error, "a long answer was cut short");
            // Nobody listens when the reader left: there is nothing more to tell.
            drop(pipe.send.blocking_send(Err(error)));
        }
    });
    unfold(receive, |mut receive| async move { receive.recv().await.map(|piece| (piece, receive)) })
}
