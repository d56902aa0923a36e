//! The life of a file, told a second time by a small model written from design.md §4 and domain.md §11, and the product asked at
//! random the same things as the model: what may be done is done and nothing else, by whoever may and nobody else, whatever the order.
//!
//! `MODEL_STEPS` says how many requests (`tests/run nightly` 100,000); `MODEL_SEED` replays them.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::browser::{Browser, Page};
use crate::support::{TestApp, answers};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Declarant,
    Supervisor,
    Ethics,
    /// Supervises elsewhere, and knows nothing of it.
    Stranger,
}

const PEOPLE: [(Who, &str); 4] =
    [(Who::Declarant, "camille"), (Who::Supervisor, "rosalie"), (Who::Ethics, "aline"), (Who::Stranger, "nadia")];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Withdraw,
    Correct,
    Answer,
    Complete,
    Review,
    Ask,
    GoOn,
    Refer,
    SendBack,
    Decide,
    DecideClosed,
    Close,
}

const DEEDS: [Deed; 12] = [
    Deed::Withdraw,
    Deed::Correct,
    Deed::Answer,
    Deed::Complete,
    Deed::Review,
    Deed::Ask,
    Deed::GoOn,
    Deed::Refer,
    Deed::SendBack,
    Deed::Decide,
    Deed::DecideClosed,
    Deed::Close,
];

/// What the model knows of a file.
#[derive(Debug, Clone)]
struct File {
    reference: String,
    kind: &'static str,
    state: &'static str,
    /// The ethics office has it, or had it when it asked.
    with_ethics: bool,
    /// Decided with conditions that nobody proved.
    measures: bool,
    /// What was offered was declined: it is noted, and nothing else.
    declined: bool,
}

impl File {
    /// What a deed of somebody makes of the file; nothing when it is not to be done.
    fn after(&self, who: Who, deed: Deed) -> Option<Self> {
        let holder = if self.with_ethics { Who::Ethics } else { Who::Supervisor };
        let pending = ["submitted", "under_review", "info_requested", "with_ethics"].contains(&self.state);
        let waits = ["submitted", "under_review", "with_ethics"].contains(&self.state);
        let decided = ["decided", "monitoring"].contains(&self.state);
        let in_hand = if self.with_ethics { "with_ethics" } else { "under_review" };
        let to = |state, with_ethics, measures| Some(Self { state, with_ethics, measures, ..self.clone() });
        match deed {
            Deed::Withdraw if who == Who::Declarant && pending => to("withdrawn", false, false),
            Deed::Correct if who == Who::Declarant && pending => {
                to(if self.with_ethics { "with_ethics" } else { "submitted" }, self.with_ethics, false)
            }
            Deed::Answer if who == Who::Declarant && self.state == "info_requested" => {
                to(in_hand, self.with_ethics, false)
            }
            Deed::Complete if who == Who::Declarant && self.state == "decided" => {
                to(if self.measures { "monitoring" } else { "closed" }, false, self.measures)
            }
            Deed::Review if who == holder && self.state == "submitted" => to("under_review", false, false),
            Deed::Ask if who == holder && waits => to("info_requested", self.with_ethics, false),
            Deed::GoOn if who == holder && self.state == "info_requested" => to(in_hand, self.with_ethics, false),
            Deed::Refer if who == Who::Supervisor && holder == who && waits => to("with_ethics", true, false),
            Deed::SendBack if who == Who::Ethics && self.state == "with_ethics" => to("under_review", false, false),
            Deed::Decide if who == holder && waits && !self.declined => match self.kind {
                "interest_declaration" => to("monitoring", false, true),
                "event_request" => to("decided", false, true),
                _ => to("decided", false, false),
            },
            Deed::DecideClosed if who == holder && waits && (self.declined || self.kind != "gift_declaration") => {
                to("closed", false, false)
            }
            Deed::Close if who == Who::Supervisor || who == Who::Ethics => {
                if decided && !self.measures {
                    to("closed", false, false)
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    /// The outcome that keeps a file open, or that closes it.
    fn decision(&self, closes: bool) -> Value {
        let (outcome, measures): (&str, &[&str]) = match (self.kind, closes) {
            ("gift_declaration", false) => ("accept", &[]),
            ("gift_declaration", true) => ("refusal_noted", &[]),
            ("event_request", false) => ("authorised_with_conditions", &["Payer son repas."]),
            ("event_request", true) => ("refused", &[]),
            (_, false) => ("managed", &["Deux personnes signent."]),
            (_, true) => ("no_conflict", &[]),
        };
        json!({ "outcome": outcome, "reason": "Selon la politique.", "measures": measures })
    }

    /// The request of a deed.
    fn request(&self, deed: Deed) -> (&'static str, Value) {
        match deed {
            Deed::Withdraw => ("withdrawal", json!({})),
            Deed::Correct => ("correction", json!({ "attested": true })),
            Deed::Answer => ("answer", json!({ "text": "Oui." })),
            Deed::Complete => ("completion", json!({ "attested": true })),
            Deed::Review => ("review", json!({})),
            Deed::Ask => ("question", json!({ "question": "Quand?" })),
            Deed::GoOn => ("continuation", json!({ "reason": "Le délai est passé." })),
            Deed::Refer => ("referral", json!({ "reason": "Un doute." })),
            Deed::SendBack => ("opinion", json!({ "opinion": "Rien n’y fait obstacle.", "send_back": true })),
            Deed::Decide => ("decision", self.decision(false)),
            Deed::DecideClosed => ("decision", self.decision(true)),
            Deed::Close => ("closing", json!({ "note": "Terminé." })),
        }
    }

    /// What is written before a correction or what was still expected is sent.
    fn answers(&self, deed: Deed, turn: u64) -> Option<Value> {
        match (deed, self.kind) {
            (Deed::Correct, "gift_declaration") => {
                let given = if self.declined { answers::declined_gift() } else { answers::gift() };
                Some(answers::changed(given, json!({ "description": format!("Boîte, précision {turn}") })))
            }
            (Deed::Correct, "event_request") => Some(answers::changed(
                answers::event(),
                json!({ "relevance": format!("Deux ateliers, précision {turn}") }),
            )),
            (Deed::Correct, _) => Some(answers::changed(
                answers::interest(),
                json!({ "measures_taken": format!("Aucune, précision {turn}") }),
            )),
            (Deed::Complete, "gift_declaration") => {
                Some(json!({ "final_disposition": "shared", "final_on": "2026-11-23" }))
            }
            (Deed::Complete, "event_request") => {
                Some(json!({ "was_useful": "yes", "received_anything": false, "report": "Deux ateliers." }))
            }
            _ => None,
        }
    }
}

/// Numbers of a seed (a linear congruence, Knuth's constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(most).unwrap()).unwrap()
    }
}

async fn call(browser: &Browser<'_>, method: Method, path: &str, version: i32, body: &Value) -> Page {
    let version = format!("\"{version}\"");
    let headers = [("sec-fetch-site", "same-origin"), ("if-match", version.as_str())];
    browser.request(method, path, &headers, Some(("application/json", body.to_string().into_bytes()))).await
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Seen by the model and by the product: each way from one state to another, and each thing refused.
#[derive(Default)]
struct Seen {
    done: BTreeMap<(&'static str, Deed), BTreeSet<&'static str>>,
    refused: BTreeSet<(&'static str, Who, Deed)>,
}

/// So many requests drawn from a seed, each asked of the product and of a model.
async fn lives(steps: u64, seed: u64, after: fn(&File, Who, Deed) -> Option<File>) -> Seen {
    let app = TestApp::with(|config| {
        config.api.requests_per_minute = 10_000_000;
        // Nobody leaves their desk here: proving again who one is has stories of its own.
        config.confirmation.act_minutes = 1_000_000;
        // A hundred thousand steps are more than a day.
        (config.sign_in.idle_minutes, config.sign_in.absolute_hours) = (1_000_000, 1_000_000);
    })
    .await;
    let mut dice = Dice(seed);
    let browsers: BTreeMap<Who, Browser<'_>> = PEOPLE.iter().map(|(who, name)| (*who, app.as_(name))).collect();
    let mut files: Vec<File> = Vec::new();
    let mut seen = Seen::default();
    for step in 0..steps {
        // A few files at a time, so that each lives long enough.
        if files.len() < 6 {
            let (kind, given) = match dice.below(4) {
                0 => ("gift_declaration", answers::gift()),
                1 => ("gift_declaration", answers::declined_gift()),
                2 => ("event_request", answers::event()),
                _ => ("interest_declaration", answers::interest()),
            };
            let declined = given["direction"] == "offered";
            let reference = app.files("camille", kind, given);
            files.push(File { reference, kind, state: "submitted", with_ethics: false, measures: false, declined });
            continue;
        }
        let at = dice.below(files.len());
        let (anybody, _) = PEOPLE[dice.below(PEOPLE.len())];
        // Half of the time something that may be done, so that files go far.
        let file = files[at].clone();
        let possible: Vec<(Who, Deed)> = PEOPLE
            .iter()
            .flat_map(|(who, _)| DEEDS.iter().map(|deed| (*who, *deed)))
            .filter(|(who, deed)| after(&file, *who, *deed).is_some())
            .collect();
        let (who, deed) = match dice.below(2) {
            0 if !possible.is_empty() => possible[dice.below(possible.len())],
            _ => (anybody, DEEDS[dice.below(DEEDS.len())]),
        };
        let context = format!("seed {seed}, step {step}: {who:?} {deed:?} {file:?}");
        let path = format!("/api/v1/declarations/{}", file.reference);
        let browser = &browsers[&who];
        let stale = dice.below(12) == 0;
        let expected = after(&file, who, deed).filter(|_| !stale);
        if let (Some(given), Some(_)) = (file.answers(deed, step), &expected) {
            let path = format!("{path}/answers");
            let written = call(browser, Method::PUT, &path, app.row(&file.reference).version, &given).await;
            assert!((200..300).contains(&written.status), "{context}: {} {}", written.status, written.html);
        }
        let before = app.row(&file.reference);
        let version = if stale { before.version - 1 } else { before.version };
        let (end, body) = file.request(deed);
        let answer = call(browser, Method::POST, &format!("{path}/{end}"), version, &body).await;
        let after = app.row(&file.reference);
        match expected {
            Some(expected) => {
                assert!((200..300).contains(&answer.status), "{context}: {} {}", answer.status, answer.html);
                assert_eq!(after.state().as_str(), expected.state, "{context}");
                seen.done.entry((file.state, deed)).or_default().insert(expected.state);
                files[at] = expected;
            }
            None => {
                assert!((400..500).contains(&answer.status), "{context}: {} {}", answer.status, answer.html);
                assert_eq!((after.state(), after.version), (before.state(), before.version), "{context}");
                if who == Who::Stranger {
                    assert_eq!(answer.status, 404, "{context}: {}", answer.html);
                }
                seen.refused.insert((file.state, who, deed));
            }
        }
        // What nothing leaves any more makes place for others, once it was asked in vain.
        if ["closed", "withdrawn", "monitoring"].contains(&files[at].state) && dice.below(4) == 0 {
            files.swap_remove(at);
        }
        app.clock.advance(chrono::TimeDelta::seconds(1));
    }
    seen
}

/// C06
#[actix_web::test]
async fn a_file_lives_as_the_model_says_whatever_is_asked_of_it_and_by_whom() {
    let (steps, seed) = (number("MODEL_STEPS", 4_000), number("MODEL_SEED", 20_261_130));
    let seen = lives(steps, seed, File::after).await;
    let ways: usize = seen.done.values().map(BTreeSet::len).sum();
    println!("seed {seed}: {steps} steps, {ways} ways, {} refusals of different kinds", seen.refused.len());
    // Every state was left by every deed that leaves it, and met every deed that does nothing to it.
    let everything: [(&str, &[Deed]); 5] = [
        ("submitted", &[Deed::Withdraw, Deed::Correct, Deed::Review, Deed::Ask, Deed::Refer, Deed::Decide]),
        ("under_review", &[Deed::Withdraw, Deed::Correct, Deed::Ask, Deed::Refer, Deed::Decide, Deed::DecideClosed]),
        ("info_requested", &[Deed::Withdraw, Deed::Correct, Deed::Answer, Deed::GoOn]),
        ("with_ethics", &[Deed::Withdraw, Deed::Correct, Deed::Ask, Deed::SendBack, Deed::Decide, Deed::DecideClosed]),
        ("decided", &[Deed::Complete, Deed::Close]),
    ];
    let everything = everything.iter().flat_map(|(state, deeds)| deeds.iter().map(|deed| (*state, *deed)));
    let missed: Vec<_> = everything.filter(|way| !seen.done.contains_key(way)).collect();
    assert!(steps < 4_000 || missed.is_empty(), "seed {seed}: never seen {missed:?}");
    assert!(steps < 4_000 || seen.refused.len() > 200, "seed {seed}: {} sorts of refusal", seen.refused.len());
}

/// C06: The twin: a model that expects of the product what it does not do is contradicted, and the seed and the step are said.
#[actix_web::test]
#[should_panic(expected = "seed 7, step ")]
async fn a_model_that_is_wrong_is_contradicted() {
    let wrong = |file: &File, who, deed| match (who, deed) {
        (Who::Supervisor, Deed::Withdraw) => file.after(Who::Declarant, deed),
        _ => file.after(who, deed),
    };
    lives(400, 7, wrong).await;
}
