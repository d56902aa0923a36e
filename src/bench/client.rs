//! The smallest HTTP/1.1 client: kept-open connections on loopback, one request at a time each.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

pub struct Connection {
    stream: BufReader<TcpStream>,
    port: u16,
    cookie: String,
}

pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub cookies: Vec<String>,
    pub body: Vec<u8>,
}

impl Connection {
    pub fn open(port: u16, cookie: &str) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).map_err(Error::internal)?;
        stream.set_nodelay(true).map_err(Error::internal)?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).map_err(Error::internal)?;
        Ok(Self { stream: BufReader::with_capacity(64 * 1024, stream), port, cookie: cookie.to_owned() })
    }

    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", path, None)
    }

    pub fn post(&mut self, path: &str, form: &str) -> Result<Answer> {
        self.send("POST", path, Some(("application/x-www-form-urlencoded", form)))
    }

    pub fn post_json(&mut self, path: &str, body: &str) -> Result<Answer> {
        self.send("POST", path, Some(("application/json", body)))
    }

    fn send(&mut self, method: &str, path: &str, body: Option<(&str, &str)>) -> Result<Answer> {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n",
            self.port, self.cookie
        );
        if let Some((media_type, body)) = body {
            request.push_str(&format!("Content-Type: {media_type}\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
        } else {
            request.push_str("\r\n");
        }
        self.stream.get_mut().write_all(request.as_bytes()).map_err(Error::internal)?;
        self.read()
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).map_err(Error::internal)? == 0 {
            return Err(Error::Internal("the connection was closed".into()));
        }
        Ok(line.trim_end().to_owned())
    }

    fn read(&mut self) -> Result<Answer> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let (mut length, mut chunked, mut location, mut cookies) = (0_usize, false, None, Vec::new());
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "location" => location = Some(value.to_owned()),
                "set-cookie" => cookies.push(value.split(';').next().unwrap_or("").to_owned()),
                _ => {}
            }
        }
        let mut body = Vec::new();
        if chunked {
            loop {
                let size = usize::from_str_radix(self.line()?.split(';').next().unwrap_or("0"), 16).unwrap_or(0);
                let start = body.len();
                body.resize(start + size, 0);
                let Some(piece) = body.get_mut(start..) else { break };
                self.stream.read_exact(piece).map_err(Error::internal)?;
                self.line()?;
                if size == 0 {
                    break;
                }
            }
        } else {
            body.resize(length, 0);
            self.stream.read_exact(&mut body).map_err(Error::internal)?;
        }
        Ok(Answer { status, location, cookies, body })
    }
}

/// How long each of many requests took.
pub struct Load {
    pub requests: usize,
    pub errors: usize,
    pub elapsed: Duration,
    /// Sorted.
    latencies: Vec<Duration>,
}

impl Load {
    /// The latency below which a share of the requests stays.
    pub fn percentile(&self, share: f64) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index"
        )]
        let at = ((self.latencies.len() as f64 * share) as usize).min(last);
        self.latencies.get(at).copied().unwrap_or_default()
    }

    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    pub fn per_second(&self) -> f64 {
        self.requests as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }
}

/// Runs `total` requests over some connections; `one` makes the n-th and says whether it was answered well.
pub fn load(
    port: u16,
    cookie: &str,
    connections: usize,
    total: usize,
    one: impl Fn(&mut Connection, usize) -> Result<bool> + Sync,
) -> Result<Load> {
    let next = AtomicUsize::new(0);
    let errors = AtomicUsize::new(0);
    let began = Instant::now();
    let mut latencies: Vec<Duration> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|_| {
                scope.spawn(|| {
                    let mut taken = Vec::new();
                    let Ok(mut connection) = Connection::open(port, cookie) else { return taken };
                    loop {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        if n >= total {
                            return taken;
                        }
                        let start = Instant::now();
                        if !one(&mut connection, n).unwrap_or(false) {
                            errors.fetch_add(1, Ordering::Relaxed);
                            match Connection::open(port, cookie) {
                                Ok(again) => connection = again,
                                Err(_) => return taken,
                            }
                        }
                        taken.push(start.elapsed());
                    }
                })
            })
            .collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
    });
    latencies.sort_unstable();
    Ok(Load { requests: latencies.len(), errors: errors.into_inner(), elapsed: began.elapsed(), latencies })
}
