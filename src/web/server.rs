//! Starting and stopping the service.

use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App as ActixApp, HttpServer, web};

use super::limits::Limits;
use super::{gate, routes};
use crate::app::App;
use crate::doctor::ready::Readiness;
use crate::error::{Error, Result, cause};
use crate::texts::Sentence;

/// Settings of extractors, the same in tests.
pub fn extractors(max_body: usize) -> impl Fn(&mut web::ServiceConfig) + Clone {
    move |config| {
        config
            .app_data(web::FormConfig::default().limit(max_body))
            .app_data(web::JsonConfig::default().limit(max_body))
            .app_data(web::PayloadConfig::new(max_body));
    }
}

/// Refuses to start when an address is not in the access table, or is there without being served.
pub fn check_routes(app: &App) -> Result<()> {
    let served: Vec<String> = routes::all().iter().map(routes::Entry::name).collect();
    let differences = app.book.access.differences(served.iter().map(String::as_str));
    if differences.is_empty() { Ok(()) } else { Err(Error::Internal(differences.join("; "))) }
}

/// The address of the settings is another program's, or not of this machine.
pub(crate) fn cannot_listen(address: &str, port: u16, error: &std::io::Error) -> Error {
    let sentence = Sentence::new("operator-listen").with("address", address).with("port", port);
    Error::Operator(sentence.because("why", cause(error)))
}

/// A server bound to its address, and the port it got (0 in the settings picks a free one).
pub fn start(app: App) -> Result<(Server, u16)> {
    check_routes(&app)?;
    let settings = app.book.config.server.clone();
    let limits = web::Data::new(Limits::new(&app.book.config));
    let readiness = web::Data::new(Readiness::default());
    let data = web::Data::new(app);
    let workers = match settings.workers {
        0 => std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
        workers => workers,
    };
    let max_body = settings.max_body;
    let server = HttpServer::new(move || {
        ActixApp::new()
            .app_data(data.clone())
            .app_data(limits.clone())
            .app_data(readiness.clone())
            .configure(extractors(max_body))
            .wrap(from_fn(gate::gate))
            .wrap(Compress::default())
            .configure(routes::configure)
    })
    .workers(workers)
    .worker_max_blocking_threads(8)
    .keep_alive(Duration::from_secs(15))
    .client_request_timeout(Duration::from_secs(10))
    .client_disconnect_timeout(Duration::from_secs(2))
    .shutdown_timeout(20)
    .bind((settings.address.as_str(), settings.port))
    .map_err(|e| cannot_listen(&settings.address, settings.port, &e))?;
    let port = server.addrs().first().map_or(settings.port, std::net::SocketAddr::port);
    Ok((server.run(), port))
}
