//! `probite serve` and `probite work`.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::Invocation;
use crate::app::App;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::journal::checkpoints;
use crate::journal::store::first_break;
use crate::outbox::worker::Worker;
use crate::texts::Arg;
use crate::web::server;

#[derive(Args)]
pub struct Serve {
    /// Adresse d’écoute.
    #[arg(long)]
    address: Option<String>,
    /// Port d’écoute; 0 en choisit un libre.
    #[arg(long)]
    port: Option<u16>,
    /// Ne pas envoyer les courriels : `probite work` s’en charge ailleurs.
    #[arg(long)]
    no_work: bool,
}

impl Serve {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let mut options = Vec::new();
        if let Some(address) = self.address {
            options.push(("server.address", toml::Value::String(address)));
        }
        if let Some(port) = self.port {
            options.push(("server.port", toml::Value::Integer(i64::from(port))));
        }
        if self.no_work {
            options.push(("server.work", toml::Value::Boolean(false)));
        }
        serve(App::build(invocation.settings(&options)?, Clock::system())?)
    }
}

/// Serves until asked to stop; the outbox worker runs beside when the settings say so.
///
/// # Errors
/// The journal is not the one that was signed, or that a witness saw; the address cannot be listened on.
pub fn serve(app: App) -> Result<ExitCode> {
    checkpoints::require_known(&app)?;
    read_the_chain(app.clone())?;
    actix_web::rt::System::new().block_on(async move {
        let work = app.book.config.server.work;
        let stop = Arc::new(tokio::sync::Notify::new());
        let worker = work.then(|| start_worker(app.clone(), Arc::clone(&stop))).transpose()?;
        let address = app.book.config.server.address.clone();
        let (server, port) = server::start(app)?;
        println!("ready http://{address}:{port}");
        server.await.map_err(Error::internal)?;
        stop.notify_waiters();
        stop.notify_one();
        if let Some(worker) = worker {
            drop(tokio::task::spawn_blocking(move || worker.join()).await);
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Reads the chain of the journal from its first event, beside the start: a journal of years takes seconds.
fn read_the_chain(app: App) -> Result<()> {
    let read = move || match app.read_here(first_break) {
        Ok(None) => {}
        Ok(Some(event)) => tracing::error!(event, "the chain of the journal is broken"),
        Err(error) => tracing::error!(%error, "the chain of the journal could not be read"),
    };
    std::thread::Builder::new().name("chain".into()).spawn(read).map(drop).map_err(Error::internal)
}

fn start_worker(app: App, stop: Arc<tokio::sync::Notify>) -> Result<std::thread::JoinHandle<()>> {
    let worker = Worker::new(app)?;
    std::thread::Builder::new()
        .name("outbox".into())
        .spawn(move || match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime.block_on(worker.run(stop.notified())),
            Err(error) => tracing::error!(%error, "the outbox worker could not start"),
        })
        .map_err(Error::internal)
}

#[derive(Args)]
pub struct Work {
    /// Un seul tour, puis s’arrêter.
    #[arg(long)]
    once: bool,
}

impl Work {
    pub fn run(self, invocation: &Invocation) -> Result<ExitCode> {
        let app = invocation.app()?;
        let mut worker = Worker::new(app)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::internal)?;
        if self.once {
            let tally = worker.run_once()?;
            let args = [
                ("sent", Arg::count(tally.sent)),
                ("retried", Arg::count(tally.retried)),
                ("failed", Arg::count(tally.failed)),
                ("reminders", Arg::count(tally.reminders)),
            ];
            println!("{}", invocation.say("cli-worked-once", &args));
        } else {
            runtime.block_on(worker.run(async {
                drop(tokio::signal::ctrl_c().await);
            }));
        }
        Ok(ExitCode::SUCCESS)
    }
}
