//! What this machine does with nothing of ours in the way, measured in the same run.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use diesel::connection::SimpleConnection;

use crate::db::Db;
use crate::error::{Error, Result};

/// Rows per second of a bare durable insert through the same group commit, from as many threads as the load uses.
#[expect(clippy::cast_precision_loss, reason = "a rate")]
pub fn group_commit(folder: &Path, threads: usize, total: usize) -> Result<f64> {
    let file = folder.join("floor.db");
    drop(std::fs::remove_file(&file));
    let db = Db::open(&file.display().to_string(), 4, true)?;
    db.write_here(|conn| Ok(conn.batch_execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, a TEXT, b TEXT)")?))?;
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while next.fetch_add(1, Ordering::Relaxed) < total {
                    let inserted = db.write_here(|conn| {
                        Ok(conn
                            .batch_execute("INSERT INTO bare (a, b) VALUES ('declaration', 'bare row of the floor')")?)
                    });
                    if inserted.is_err() {
                        return;
                    }
                }
            });
        }
    });
    Ok(total as f64 / began.elapsed().as_secs_f64())
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
