//! The probes, in the order of the goals.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::client::{Connection, Load, load};
use super::floors;
use super::process::Server;
use super::table::Line;
use crate::error::{Error, Result};

/// What to measure.
pub struct Plan {
    /// Folder of a demonstration grown to the size wanted.
    pub data: PathBuf,
    /// Folder of a small one, for the growth ratio.
    pub small: Option<PathBuf>,
    /// Requests per probe.
    pub requests: usize,
}

const CONNECTIONS: usize = 8;

/// Signs in as a persona of the demonstration; gives the cookie.
pub(super) fn enter(port: u16, persona: &str) -> Result<String> {
    let answer = Connection::open(port, "")?.post("/demo/entrer", &format!("persona={persona}"))?;
    answer
        .cookies
        .into_iter()
        .find(|cookie| cookie.starts_with("__Host-session="))
        .ok_or_else(|| Error::Internal(format!("cannot enter as {persona}: status {}", answer.status)))
}

/// Processor milliseconds per request, and the load itself.
#[expect(clippy::cast_precision_loss, reason = "a ratio")]
fn cost(
    server: &Server,
    cookie: &str,
    total: usize,
    one: impl Fn(&mut Connection, usize) -> Result<bool> + Sync,
) -> Result<(f64, Load)> {
    load(server.port, cookie, CONNECTIONS, total / 20 + 1, &one)?;
    let before = server.cpu()?;
    let measured = load(server.port, cookie, CONNECTIONS, total, &one)?;
    let spent = server.cpu()? - before;
    if measured.errors > 0 {
        tracing::warn!("{} of {} requests were not answered well", measured.errors, measured.requests);
    }
    Ok((spent * 1000.0 / measured.requests.max(1) as f64, measured))
}

fn page(path: &str) -> impl Fn(&mut Connection, usize) -> Result<bool> + Sync + '_ {
    move |connection, _| Ok(connection.get(path)?.status == 200)
}

fn one_of(paths: &[String]) -> impl Fn(&mut Connection, usize) -> Result<bool> + Sync + '_ {
    move |connection, n| {
        let path = paths.get(n % paths.len().max(1)).map_or("/", String::as_str);
        Ok(connection.get(path)?.status == 200)
    }
}

fn ms(figure: f64) -> String {
    format!("{figure:.3} ms")
}

/// References found on some pages of the register, as addresses of declarations.
fn declarations(server: &Server, cookie: &str) -> Result<Vec<String>> {
    let mut connection = Connection::open(server.port, cookie)?;
    let mut found = Vec::new();
    for path in register_paths() {
        let body = String::from_utf8_lossy(&connection.get(&path)?.body).into_owned();
        for rest in body.split("href=\"/d/").skip(1) {
            if let Some(reference) = rest.split('"').next() {
                found.push(format!("/d/{reference}"));
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The register at several depths: a cursor is a time and a number.
fn register_paths() -> Vec<String> {
    ["2026-10-01", "2026-03-15", "2025-09-01", "2025-02-10", "2024-06-20"]
        .into_iter()
        .map(|day| format!("/registre?apres={day}T12%3A00%3A00.000000_1"))
        .collect()
}

/// Runs everything; prints as it goes on standard error, returns the lines of the table.
pub fn run(plan: &Plan) -> Result<Vec<Line>> {
    let say = |what: &str| eprintln!("… {what}");
    let mut lines = Vec::new();
    say("the yardstick");
    let best = floors::yardstick();
    lines.push(
        Line::reference("yardstick: a million numbers sorted", format!("{best:.0} ms"))
            .note("divide by it to compare machines"),
    );
    say("starting the server");
    let server = Server::start(&plan.data)?;
    let ready = server.ready_after.as_secs_f64() * 1000.0;
    lines.push(Line::new("existing database to ready", format!("{ready:.0} ms"), "300 ms", ready <= 300.0));
    let idle = server.memory()?;
    lines.push(Line::new("idle memory", format!("{idle:.0} MiB"), "40 MiB", idle <= 40.0));
    let size = binary_megabytes()?;
    lines
        .push(Line::new("binary", format!("{size:.1} MB"), "60 MB", size <= 60.0).note("30 MB without the PDF engine"));

    let officer = enter(server.port, "ethics_officer")?;
    let supervisor = enter(server.port, "supervisor")?;
    let employee = enter(server.port, "employee")?;
    let total = plan.requests;
    let deep = register_paths();
    say("finding declarations");
    let details = declarations(&server, &officer)?;
    let filtered: Vec<String> = ["type=gift_declaration", "etat=closed", "etat=en-attente", "signalees=1", "unite=12"]
        .into_iter()
        .map(|filter| format!("/registre?{filter}"))
        .collect();
    let pages: Vec<(&str, f64, &str, Vec<String>)> = vec![
        ("sign-in page", 0.05, "", vec!["/connexion".into()]),
        ("register, first page, 50 rows", 0.5, &officer, vec!["/registre".into()]),
        ("register, any depth", 0.5, &officer, deep),
        ("register, any filter", 0.5, &officer, filtered),
        ("register, late files", 0.5, &officer, vec!["/registre?retard=1".into()]),
        ("register, a common word", 0.5, &officer, vec!["/registre?q=rencontre".into()]),
        ("inbox of a supervisor", 0.5, &supervisor, vec!["/a-traiter".into()]),
        ("queue of the ethics office", 0.5, &officer, vec!["/a-traiter?vue=a-decider&bureau=ethics_officer".into()]),
        ("my declarations", 0.4, &employee, vec!["/mes-declarations".into()]),
        ("one declaration with its history", 0.35, &officer, details),
    ];
    let mut costs = Vec::new();
    for (what, goal, cookie, paths) in &pages {
        say(what);
        let (spent, load) = cost(&server, cookie, total, one_of(paths))?;
        costs.push(spent);
        let note = format!("{:.0}/s, p99 {:.1} ms", load.per_second(), load.percentile(0.99).as_secs_f64() * 1000.0);
        lines.push(Line::new(what, ms(spent), &ms(*goal), spent <= *goal).note(note));
    }
    lines.extend(workbench(&server, &officer)?);
    lines.extend(crowd(&server, &officer, total)?);
    lines.extend(filing(&server, plan, &employee)?);
    lines.extend(exports(&server, &officer, idle)?);
    drop(server);
    say("letters");
    lines.push(super::letters::measure(&plan.data)?);
    if let Some(small) = &plan.small {
        say("the same pages on a small register");
        let server = Server::start(small)?;
        let officer = enter(server.port, "ethics_officer")?;
        let (spent, _) = cost(&server, &officer, total, page("/registre"))?;
        let big = costs.get(1).copied().unwrap_or(0.0);
        let ratio = big / spent.max(1e-9);
        lines.push(
            Line::new("register page, large over small", format!("{ratio:.2} ×"), "1.20 ×", ratio <= 1.2)
                .floor(ms(spent)),
        );
    }
    Ok(lines)
}

/// Pages of the ethics officer's day, asked one at a time.
fn workbench(server: &Server, officer: &str) -> Result<Vec<Line>> {
    let company = busiest_company(server, officer)?;
    let pages = [
        ("company page, the busiest, p99", 100.0, company),
        ("calendar of a year, p99", 50.0, "/evenements?an=2026".to_owned()),
    ];
    let mut lines = Vec::new();
    for (what, goal, path) in pages {
        eprintln!("… {what}");
        let alone = load(server.port, officer, 1, 200, page(&path))?;
        let worst = alone.percentile(0.99).as_secs_f64() * 1000.0;
        lines.push(Line::new(what, format!("{worst:.1} ms"), &format!("{goal:.0} ms"), worst <= goal).note(path));
    }
    Ok(lines)
}

/// The company most rows of the register are about.
fn busiest_company(server: &Server, officer: &str) -> Result<String> {
    let mut connection = Connection::open(server.port, officer)?;
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for path in register_paths() {
        let body = String::from_utf8_lossy(&connection.get(&path)?.body).into_owned();
        for rest in body.split("href=\"/entreprises/").skip(1) {
            if let Some(id) = rest.split('"').next() {
                *counts.entry(id.to_owned()).or_default() += 1;
            }
        }
    }
    let busiest = counts.into_iter().max_by_key(|(_, count)| *count);
    busiest
        .map(|(id, _)| format!("/entreprises/{id}"))
        .ok_or_else(|| Error::Internal("no company in the register".into()))
}

/// Fifty people at once; then the same while others sign in.
fn crowd(server: &Server, officer: &str, total: usize) -> Result<Vec<Line>> {
    eprintln!("… fifty people at once");
    let quiet = load(server.port, officer, 50, total, page("/registre"))?;
    let stop = AtomicBool::new(false);
    let busy = std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let tried = Connection::open(server.port, "")
                        .and_then(|mut c| c.post("/connexion", "email=nobody%40ministere.example&password=wrong"));
                    if tried.is_err() {
                        std::thread::sleep(std::time::Duration::from_millis(20));
                    }
                }
            });
        }
        let busy = load(server.port, officer, 50, total, page("/registre"));
        stop.store(true, Ordering::Relaxed);
        busy
    })?;
    let (a, b) = (quiet.percentile(0.99).as_secs_f64() * 1000.0, busy.percentile(0.99).as_secs_f64() * 1000.0);
    Ok(vec![
        Line::new("p99 of the register, 50 people", format!("{a:.1} ms"), "25 ms", a <= 25.0)
            .note("the load generator shares the two cores"),
        Line::new("the same while 50 sign in", format!("{b:.1} ms"), "2.00 ×", b <= 2.0 * a)
            .note(format!("{:.2} ×", b / a.max(1e-9))),
    ])
}

/// Creating and filing in one durable transaction, beside a bare durable insert.
#[expect(clippy::cast_precision_loss, reason = "a rate")]
fn filing(server: &Server, plan: &Plan, employee: &str) -> Result<Vec<Line>> {
    eprintln!("… filing declarations");
    let body = r#"{"kind":"interest_declaration","answers":{"type":"nil"},"submit":true,"attested":true}"#;
    let total = plan.requests / 2;
    let file =
        |connection: &mut Connection, _: usize| Ok(connection.post_json("/api/v1/declarations", body)?.status == 201);
    load(server.port, employee, 64, total / 10 + 1, file)?;
    let before = server.cpu()?;
    let began = Instant::now();
    let filed = load(server.port, employee, 64, total, file)?;
    let rate = filed.requests.saturating_sub(filed.errors) as f64 / began.elapsed().as_secs_f64();
    let spent = (server.cpu()? - before) * 1000.0 / filed.requests.max(1) as f64;
    let bare = floors::http_insert(&plan.data, 64, plan.requests * 2)?;
    let syncs = floors::fdatasync(&plan.data)?;
    let share = rate / bare.max(1e-9);
    Ok(vec![
        Line::new("create and submit, processor", ms(spent), "0.400 ms", spent <= 0.4)
            .note(format!("{} not answered well", filed.errors)),
        Line::new("create and submit, rate", format!("{rate:.0}/s"), "30 %", share >= 0.3)
            .floor(format!("{bare:.0}/s"))
            .note(format!("{:.0} % of one bare insert per request; {syncs:.0} fdatasync/s", share * 100.0)),
    ])
}

/// The whole register to CSV and XLSX.
#[expect(clippy::cast_precision_loss, reason = "a rate")]
fn exports(server: &Server, officer: &str, idle: f64) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for (what, path, goal) in [
        ("CSV of the register", "/registre/export.csv", 300_000.0),
        ("XLSX of the register", "/registre/export.xlsx", 50_000.0),
    ] {
        eprintln!("… {what}");
        let stop = AtomicBool::new(false);
        // The first reading of the file after somebody else wrote it measures the disk.
        Connection::open(server.port, officer).and_then(|mut c| c.get(path))?;
        let (rows, seconds, peak) = std::thread::scope(|scope| {
            let watcher = scope.spawn(|| {
                let mut peak = 0.0_f64;
                while !stop.load(Ordering::Relaxed) {
                    peak = peak.max(server.memory().unwrap_or(0.0));
                    std::thread::sleep(std::time::Duration::from_millis(50));
                }
                peak
            });
            let began = Instant::now();
            let answer = Connection::open(server.port, officer).and_then(|mut c| c.get(path));
            let seconds = began.elapsed().as_secs_f64();
            stop.store(true, Ordering::Relaxed);
            let peak = watcher.join().unwrap_or(0.0);
            answer.map(|answer| (answer.body.iter().filter(|byte| **byte == b'\n').count(), seconds, peak))
        })?;
        let rows = if path.ends_with("csv") { rows } else { lines_counted(&lines) };
        let rate = rows as f64 / seconds.max(1e-9);
        lines.push(
            Line::new(what, format!("{rate:.0} rows/s"), &format!("{goal:.0} rows/s"), rate >= goal)
                .note(format!("{rows} rows, +{:.0} MiB over idle", (peak - idle).max(0.0))),
        );
    }
    Ok(lines)
}

/// Rows of the CSV, from its note: the workbook is compressed and cannot be counted.
fn lines_counted(lines: &[Line]) -> usize {
    lines.first().and_then(|line| line.note.split(' ').next()).and_then(|rows| rows.parse().ok()).unwrap_or(0)
}

#[expect(clippy::cast_precision_loss, reason = "a size for people")]
fn binary_megabytes() -> Result<f64> {
    let program: &Path = &std::env::current_exe().map_err(Error::internal)?;
    Ok(std::fs::metadata(program).map_err(Error::internal)?.len() as f64 / 1_000_000.0)
}
