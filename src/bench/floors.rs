//! What this machine does with nothing of ours in the way, measured in the same run.

use std::path::Path;
use std::time::Instant;

use actix_web::{App, HttpServer, web};
use diesel::connection::SimpleConnection;

use super::client::{Connection, load};
use crate::db::Db;
use crate::error::{Error, Result};

/// Answers per second of a bare service: one route that inserts one row durably through the same group commit, asked
/// over as many connections as the measured load.
pub fn http_insert(folder: &Path, connections: usize, total: usize) -> Result<f64> {
    let file = folder.join("floor.db");
    for left in [file.clone(), folder.join("floor.db-wal"), folder.join("floor.db-shm")] {
        drop(std::fs::remove_file(left));
    }
    let db = Db::open(&file.display().to_string(), 4, true)?;
    db.write_here(|conn| Ok(conn.batch_execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, a TEXT, b TEXT)")?))?;
    let (tell, told) = std::sync::mpsc::channel();
    let serving = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let app = move || App::new().app_data(web::Data::new(db.clone())).route("/", web::post().to(insert));
            let server = HttpServer::new(app).workers(2).disable_signals().bind(("127.0.0.1", 0));
            let Ok(server) = server else { return };
            let port = server.addrs().first().map_or(0, std::net::SocketAddr::port);
            let running = server.run();
            drop(tell.send((port, running.handle())));
            drop(running.await);
        });
    });
    let (port, handle) = told.recv().map_err(Error::internal)?;
    let one = |connection: &mut Connection, _: usize| Ok(connection.post("/", "a=declaration")?.status == 200);
    load(port, "", connections, total / 10 + 1, one)?;
    let rate = load(port, "", connections, total, one)?.per_second();
    drop(handle.stop(false));
    drop(serving.join());
    Ok(rate)
}

async fn insert(db: web::Data<Db>) -> actix_web::Result<&'static str> {
    db.write(|conn| Ok(conn.batch_execute("INSERT INTO bare (a, b) VALUES ('declaration', 'bare row of the floor')")?))
        .await?;
    Ok("")
}

/// Milliseconds in which this machine sorts a million numbers, the best of seven: figures of two machines, or of two
/// hours on a shared one, are compared through it.
pub fn yardstick() -> f64 {
    let once = || {
        let mut state = 88_172_645_463_325_252_u64;
        let mut numbers: Vec<u64> = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        })
        .take(1_000_000)
        .collect();
        let began = Instant::now();
        numbers.sort_unstable();
        std::hint::black_box(&numbers);
        began.elapsed().as_secs_f64() * 1000.0
    };
    (0..7).map(|_| once()).fold(f64::MAX, f64::min)
}

/// One small write flushed to the disk, per second.
pub fn fdatasync(folder: &Path) -> Result<f64> {
    use std::io::Write;
    let mut file = tempfile::tempfile_in(folder).map_err(Error::internal)?;
    let began = Instant::now();
    let mut count = 0_u32;
    while began.elapsed().as_millis() < 500 {
        file.write_all(&[0_u8; 4096]).and_then(|()| file.sync_data()).map_err(Error::internal)?;
        count += 1;
    }
    Ok(f64::from(count) / began.elapsed().as_secs_f64())
}
