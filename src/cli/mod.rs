//! The command line: one file per command. Exit codes: 0 done, 1 failed, 2 misused, 3 `doctor` found something to
//! correct, 4 the file to import has errors.

mod backup;
mod bench;
mod campaign;
mod config;
mod demo;
mod doctor;
mod export;
mod import;
mod journal;
mod kind;
mod person;
mod policy;
mod privacy;
mod report;
mod routes;
mod sealing;
mod serve;
mod token;
mod witness;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::text::Language;
use crate::texts::{Arg, say};

/// Registre de l’éthique et des relations d’affaires d’un organisme public.
#[derive(Parser)]
#[command(name = "probite", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// Fichier de configuration du site.
    #[arg(long, global = true, env = "PROBITE_CONFIG")]
    config: Option<PathBuf>,
    /// Dossier d’une démonstration, ou d’une installation qui garde tout au même endroit.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// Sortie pour programmes.
    #[arg(long, global = true)]
    json: bool,
    /// Langue de ce que la commande répond; la sortie pour programmes n’en dépend pas.
    #[arg(long, global = true, env = "PROBITE_LANG", value_parser = ["fr", "en"])]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Servir les pages et l’API; envoyer les courriels, sauf réglage contraire.
    Serve(serve::Serve),
    /// Envoyer les courriels et les rappels, sans servir de pages.
    Work(serve::Work),
    /// Démonstration : un ministère fictif, prêt en quelques secondes.
    Demo(demo::Demo),
    /// Préparer ou mettre à jour la base de données.
    Migrate,
    /// Vérifier l’installation.
    Doctor,
    /// Personnes, répertoire, rôles, mots de passe.
    #[command(subcommand)]
    Person(person::Person),
    /// Jetons d’accès à l’API.
    #[command(subcommand)]
    Token(token::Token),
    /// Rapports.
    #[command(subcommand)]
    Report(report::Report),
    /// Campagnes annuelles : essai à blanc, suivi.
    #[command(subcommand)]
    Campaign(campaign::CampaignCommand),
    /// Mesurer ce que coûtent les pages sur cette machine.
    Bench(bench::Bench),
    /// Contrats, registre des entreprises et listes, à partir de fichiers.
    #[command(subcommand)]
    Import(import::Import),
    /// Formulaires : lister, vérifier un fichier, lire.
    #[command(subcommand)]
    Kind(kind::KindCommand),
    /// Règles : vérifier un fichier, écrire la table de la politique.
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    /// Vie privée : dictionnaire des données, entrée d’une évaluation (EFVP).
    #[command(subcommand)]
    Privacy(privacy::Privacy),
    /// Journal : clé de signature, tête signée.
    #[command(subcommand)]
    Journal(journal::JournalCommand),
    /// Témoin : garder et signer les têtes d’un journal, ailleurs que là où il est tenu.
    #[command(subcommand)]
    Witness(witness::WitnessCommand),
    /// Scellement : clé, rotation, parts de secours.
    #[command(subcommand)]
    Sealing(sealing::SealingCommand),
    /// Sauvegarde : clé de restauration, copies, vérification, restauration.
    #[command(subcommand)]
    Backup(backup::BackupCommand),
    /// Dossier de preuve : une archive que l’on vérifie sans le service ni sa base de données.
    Evidence(journal::Evidence),
    /// Vérifier un reçu ou un dossier de preuve avec la seule clé publique.
    Verify(journal::Verify),
    /// Exporter le registre.
    Export(export::Export),
    /// Réglages.
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Toutes les adresses du service et qui peut les ouvrir.
    Routes,
    /// Complétions pour un interpréteur de commandes.
    Completions { shell: clap_complete::Shell },
    /// Page de manuel.
    Man,
}

/// What every command needs.
pub struct Invocation {
    config: Option<PathBuf>,
    data: Option<PathBuf>,
    pub json: bool,
    /// Of what people read on the terminal.
    pub language: Language,
}

impl Invocation {
    /// A message in the language of the terminal.
    fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        say(self.language, key, args)
    }

    /// The settings in force: file, environment, options.
    pub fn settings(&self, options: &[(&str, toml::Value)]) -> Result<Config> {
        let environment: Vec<(String, String)> =
            std::env::vars().filter(|(name, _)| name.starts_with("PROBITE__")).collect();
        let mut all: Vec<(&str, toml::Value)> = Vec::new();
        if let Some(folder) = &self.data {
            let inside = |name: &str| toml::Value::String(folder.join(name).display().to_string());
            all.push(("database.url", inside("probite.db")));
            all.push(("uploads.directory", inside("attachments")));
            all.push(("letters.directory", inside("letters")));
            if folder.join(demo::SEALING_KEY).exists() {
                all.push(("sealing.key_file", inside(demo::SEALING_KEY)));
            }
        }
        all.extend(options.iter().cloned());
        Config::load(self.config.as_deref(), &environment, &all)
    }

    pub fn app(&self) -> Result<App> {
        App::build(self.settings(&[])?, Clock::system())
    }

    pub fn data(&self) -> Option<&Path> {
        self.data.as_deref()
    }
}

/// Runs the command; its errors are told on standard error.
pub fn run() -> ExitCode {
    stop_with_the_reader();
    let cli = Cli::parse();
    let language = cli.lang.as_deref().map(Language::parse).unwrap_or_default();
    let invocation = Invocation { config: cli.config, data: cli.data, json: cli.json, language };
    start_log(&invocation);
    crate::sealing::memory::keep_off_disk();
    match execute(&invocation, cli.command) {
        Ok(code) => code,
        Err(error) => {
            let words = Arg::from(in_words(&error, language));
            eprintln!("{}", invocation.say("cli-error", &[("words", words)]));
            ExitCode::FAILURE
        }
    }
}

/// Whoever reads the output may stop, as `head` does: there is nobody to tell anything any more, and nothing to tell. The exit code is
/// that of a program which the system would have stopped for it.
fn stop_with_the_reader() {
    const BROKEN_PIPE: u8 = 128 + 13;
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let said = panic.payload_as_str().unwrap_or_default();
        if said.starts_with("failed printing to std") && said.contains("Broken pipe") {
            std::process::exit(i32::from(BROKEN_PIPE));
        }
        told(panic);
    }));
}

fn execute(invocation: &Invocation, command: Command) -> Result<ExitCode> {
    match command {
        Command::Serve(serve) => serve.run(invocation),
        Command::Work(work) => work.run(invocation),
        Command::Demo(demo) => demo.run(invocation),
        Command::Migrate => {
            invocation.app()?;
            println!("{}", invocation.say("cli-migrated", &[]));
            Ok(ExitCode::SUCCESS)
        }
        Command::Doctor => doctor::run(invocation),
        Command::Person(person) => person.run(invocation),
        Command::Kind(kind) => kind.run(invocation),
        Command::Policy(policy) => policy.run(invocation),
        Command::Privacy(privacy) => privacy.run(invocation),
        Command::Token(token) => token.run(invocation),
        Command::Campaign(campaign) => campaign.run(invocation),
        Command::Report(report) => report.run(invocation),
        Command::Bench(bench) => bench.run(invocation),
        Command::Import(import) => import.run(invocation),
        Command::Journal(journal) => journal.run(invocation),
        Command::Witness(witness) => witness.run(),
        Command::Sealing(sealing) => sealing.run(invocation),
        Command::Backup(backup) => backup.run(invocation),
        Command::Evidence(evidence) => evidence.run(invocation),
        Command::Verify(verify) => verify.run(invocation),
        Command::Export(export) => export.run(invocation),
        Command::Config(config) => config.run(invocation),
        Command::Routes => routes::run(invocation),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "probite", &mut std::io::stdout());
            Ok(ExitCode::SUCCESS)
        }
        Command::Man => {
            clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout()).map_err(Error::internal)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// A secret in a new file that only its owner reads.
fn write_secret(path: &Path, text: &str) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|e| at(path, &e))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| at(path, &e))
}

/// An error about a file, with its name.
fn at(path: &Path, error: &std::io::Error) -> Error {
    Error::of_file(path, error)
}

/// Errors as their pages say them, but for causes, which operators read.
fn in_words(error: &Error, language: Language) -> String {
    match error {
        Error::Invalid(fields) => fields
            .iter()
            .map(|field| {
                let text = crate::web::problems::field_message(field, language);
                say(language, "cli-field", &[("field", Arg::from(field.field.as_str())), ("text", Arg::from(text))])
            })
            .collect::<Vec<_>>()
            .join("\n"),
        Error::NotFound => say(language, "cli-not-found", &[]),
        Error::Operator(sentence) => sentence.say(language),
        Error::Internal(cause) | Error::Unavailable(cause) => cause.clone(),
        Error::Crossed(_) => say(language, "cli-crossed", &[]),
        other => crate::web::problems::sentence(other, language),
    }
}

fn start_log(invocation: &Invocation) {
    let log = invocation.settings(&[]).map(|config| config.log);
    let (level, json) = log.map_or(("info".to_owned(), false), |log| (log.level, log.format == "json"));
    let filter =
        tracing_subscriber::EnvFilter::try_new(format!("{level},actix_server=warn,globset=warn,handlebars=warn"))
            .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json {
        builder.json().init();
    } else {
        builder.init();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_well_formed() {
        Cli::command().debug_assert();
        for line in [
            "import req registre.zip --dry-run",
            "import contracts a.json dossier --by 100001",
            "import contracts --csv contrats.csv",
            "import list rena rena.csv",
            "bench --registry registre.zip",
            "--lang en doctor",
            "doctor --lang fr",
        ] {
            let words = std::iter::once("probite").chain(line.split(' '));
            assert!(Cli::try_parse_from(words).is_ok(), "{line}");
        }
        // The twin.
        assert!(Cli::try_parse_from(["probite", "import", "list", "autre", "x.csv"]).is_err());
        assert!(Cli::try_parse_from(["probite", "bench"]).is_err());
        assert!(Cli::try_parse_from(["probite", "--lang", "de", "doctor"]).is_err());
    }
}
