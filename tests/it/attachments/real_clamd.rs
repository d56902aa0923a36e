//! The antivirus that operators install, on its socket, as `config/default.toml` says to set it. `tests/run` installs it and
//! names it in `TEST_CLAMD`; without that, the stories of `scanning.rs` speak for it.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

use probite::attachments::antivirus::{Answer, Antivirus};

use super::{app_with, gift, joins, kept};
use crate::support::files;

/// A clamd with one signature, that of the EICAR test file, and 1 MB as its limit.
struct RealClamd {
    process: Child,
    folder: tempfile::TempDir,
}

impl RealClamd {
    fn start(program: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        std::fs::create_dir(at("signatures")).unwrap();
        let hexadecimal: String = files::eicar().bytes().map(|byte| format!("{byte:02x}")).collect();
        std::fs::write(at("signatures/stories.ndb"), format!("Stories.Eicar:0:*:{hexadecimal}\n")).unwrap();
        let settings = format!(
            "LocalSocket {}\nDatabaseDirectory {}\nForeground yes\nAlertExceedsMax yes\nStreamMaxLength 4M\nMaxFileSize 1M\nMaxScanSize 1M\nLogFile {}\n",
            at("clamd.ctl"),
            at("signatures"),
            at("clamd.log")
        );
        std::fs::write(at("clamd.conf"), settings).unwrap();
        let process = Command::new(program).arg("--config-file").arg(at("clamd.conf")).spawn().unwrap();
        let started = Self { process, folder };
        let deadline = Instant::now() + Duration::from_secs(60);
        while started.asked().version().is_err() {
            let log = || std::fs::read_to_string(started.folder.path().join("clamd.log")).unwrap_or_default();
            assert!(Instant::now() < deadline, "clamd does not answer: {}", log());
            std::thread::yield_now();
        }
        started
    }

    fn address(&self) -> String {
        self.folder.path().join("clamd.ctl").display().to_string()
    }

    fn asked(&self) -> Antivirus {
        let mut config = probite::config::Config::defaults().unwrap();
        config.uploads.clamd = self.address();
        Antivirus::of(&config.uploads).unwrap()
    }
}

impl Drop for RealClamd {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[actix_web::test]
async fn a_real_clamd_on_its_socket_refuses_what_is_infected_and_lets_through_what_is_clean() {
    let Ok(program) = std::env::var("TEST_CLAMD") else { return };
    let clamd = RealClamd::start(&program);
    let address = clamd.address();
    let (app, folder) = app_with(|config| config.uploads.clamd = address).await;
    let (key, camille) = (gift(&app), app.as_("camille"));
    let infected = [&files::pdf("Facture")[..], files::eicar().as_bytes()].concat();
    let page = joins(&camille, &key, &[("facture.pdf", &infected)]).await;
    assert_eq!((page.status, kept(&folder).len()), (422, 0), "{}", page.text());
    assert!(page.errors()[0].contains("Un virus a été trouvé dans"), "{:?}", page.errors());
    assert_eq!(joins(&camille, &key, &[("facture.pdf", &files::pdf("Facture"))]).await.status, 303, "the twin");
    let reference = app.sends("camille", &key).unwrap().reference.unwrap();
    let page = app.as_("rosalie").open(&format!("/d/{reference}")).await;
    assert_eq!(app.as_("rosalie").open(&page.link("facture.pdf")).await.status, 200);
}

#[test]
fn what_a_real_clamd_only_looked_at_in_part_is_never_clean() {
    let Ok(program) = std::env::var("TEST_CLAMD") else { return };
    let clamd = RealClamd::start(&program);
    let asked = clamd.asked();
    assert!(asked.version().unwrap().starts_with("ClamAV"));
    assert_eq!(asked.scan(b"nothing to see"), Answer::Clean, "the twin");
    // Beyond the size it scans, then beyond the size it reads.
    for length in [2_000_000, 6_000_000] {
        let answer = asked.scan(&vec![b'a'; length]);
        assert!(matches!(answer, Answer::Undecided(_)), "{length} bytes: {answer:?}");
    }
}
