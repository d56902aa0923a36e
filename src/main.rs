//! The `probite` command.

fn main() {
    let config = probite::config::Config::defaults().map_err(|e| e.to_string());
    match config
        .and_then(|config| probite::app::App::build(config, probite::clock::Clock::System).map_err(|e| e.to_string()))
    {
        Ok(app) => println!("{:?}", probite::web::server::check_routes(&app).map_err(|e| e.to_string())),
        Err(error) => eprintln!("{error}"),
    }
}
