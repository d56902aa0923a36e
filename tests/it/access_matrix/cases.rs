//! Declarations in every state, taken there by what people do, with what the story says of each.

use probite::declarations::workflow::State;
use serde_json::{Value, json};

use crate::support::ministry::NORDIK;
use crate::support::{TestApp, answers};

/// One declaration, and where everybody stands toward it as the story tells.
#[derive(Debug, Clone)]
pub struct Case {
    /// Reference, or key of a draft.
    pub slug: String,
    pub kind: &'static str,
    pub state: State,
    pub declarant: &'static str,
    pub holder: Option<&'static str>,
    pub office: Option<&'static str>,
    pub supervisor: Option<&'static str>,
    pub past_decider: Option<&'static str>,
    pub barred: Vec<&'static str>,
    /// What was declared names a contract, or says that the company is under contract.
    pub contract_linked: bool,
    /// Its company is Nordik.
    pub about_nordik: bool,
    pub label: String,
}

impl Case {
    /// Of the kinds that the supervisor’s line of the table reads: the list of a team holds no other.
    pub fn of_the_line(&self) -> bool {
        !self.sealed() && self.kind != "rarc_notice"
    }

    /// In no list about others but those of the office that reads it.
    pub fn sealed(&self) -> bool {
        answers::SEALED.contains(&self.kind)
    }

    /// Decided outside: nobody here has it.
    pub fn is_outside(&self) -> bool {
        self.state.is_pending() && self.holder.is_none() && self.office.is_none()
    }

    /// Some lists leave out what is not theirs to show: one's own declaration in a list of others'.
    pub fn listed_for(&self, reader: &str, list: &str) -> bool {
        let own = self.declarant == reader;
        match list {
            "mine" | "home" => own,
            _ => !own,
        }
    }
}

pub struct Recipe {
    pub state: State,
    pub make: Box<dyn Fn(&TestApp) -> Case>,
}

pub struct Variant {
    pub name: &'static str,
    pub recipes: fn(&'static str) -> Vec<Recipe>,
}

pub const VARIANTS: &[Variant] = &[
    Variant { name: "an ordinary file", recipes: ordinary },
    Variant { name: "a file that concerns the supervisor", recipes: about_the_supervisor },
    Variant { name: "a file referred by a rule", recipes: referred },
    Variant { name: "the ethics officer's own file", recipes: of_the_ethics_officer },
    Variant { name: "a file given to somebody else", recipes: reassigned },
    Variant { name: "the deputy minister's file", recipes: of_the_deputy_minister },
    Variant { name: "the secretary general's file", recipes: of_the_secretary_general },
    Variant { name: "a file without a supervisor", recipes: without_a_supervisor },
    Variant { name: "a file that names the ethics officer", recipes: naming_the_ethics_officer },
    Variant { name: "a file decided in the place of an absent supervisor", recipes: delegated },
    Variant { name: "a file that the deputy minister directs", recipes: directed },
];

/// Kinds on which the deputy minister directs.
const DIRECTED: [&str; 2] = ["interest_declaration", "gift_declaration"];

/// Kinds told in confidence to the ethics officer.
pub const SEALED: &[Variant] = &[
    Variant { name: "a sealed file", recipes: sealed },
    Variant { name: "the ethics officer's own sealed file", recipes: sealed_of_the_ethics_officer },
    Variant { name: "a concern to the supervisor", recipes: concern_to_the_supervisor },
    Variant { name: "a concern that names the ethics officer", recipes: concern_naming_the_ethics_officer },
];

/// Notices of the contract-rules officer.
pub const NOTICES: &[Variant] = &[Variant { name: "a notice", recipes: notice }];

/// Who a story is about, before anything is decided.
#[derive(Clone)]
struct Cast {
    declarant: &'static str,
    supervisor: Option<&'static str>,
    /// A person or an office has it, or nobody here.
    holder: Option<&'static str>,
    office: Option<&'static str>,
    /// Who decides in the name of the holder.
    decider: Option<&'static str>,
    barred: Vec<&'static str>,
    given: Value,
    /// The ethics officer may be handed the file.
    may_be_referred: bool,
}

/// Decides, and tells what became of it when the file is to be closed and the decision leaves it open.
fn settle(app: &TestApp, decider: &str, declarant: &str, slug: &str, outcome: &str, state: State) {
    app.decides(decider, slug, outcome).unwrap();
    if state == State::Closed && app.state(slug) != State::Closed {
        let told = json!({ "final_disposition": "returned", "final_on": "2026-11-23" });
        app.completes(declarant, slug, told).unwrap();
    }
}

/// Outcome that leads to a state, when the kind has one that the decider may choose.
fn outcome(kind: &str, state: State) -> Option<&'static str> {
    match (kind, state) {
        ("gift_declaration", State::Decided) => Some("return"),
        // What was received is closed afterwards, when the person tells what became of it.
        ("gift_declaration", State::Closed) => Some("accept"),
        ("business_relation", State::Monitoring) => Some("measures"),
        ("business_relation", State::Closed) => Some("noted"),
        ("event_request", State::Decided) => Some("authorised"),
        ("event_request", State::Closed) => Some("refused"),
        ("interest_declaration", State::Monitoring) => Some("managed"),
        ("interest_declaration", State::Closed) => Some("no_conflict"),
        ("advice_request", State::Closed) => Some("redirected"),
        ("voluntary_declaration", State::Decided) => Some("converted"),
        ("voluntary_declaration", State::Closed) => Some("advice_given"),
        ("concern_report", State::Monitoring) => Some("measures"),
        ("concern_report", State::Closed) => Some("clarified"),
        ("rarc_notice", State::Monitoring) => Some("action_requested"),
        ("rarc_notice", State::Closed) => Some("acknowledged"),
        _ => None,
    }
}

/// The same cast in every state that its kind can reach.
fn through_every_state(kind: &'static str, variant: &'static str, cast: &Cast) -> Vec<Recipe> {
    State::ALL
        .into_iter()
        .filter(|state| match state {
            State::Decided | State::Monitoring | State::Closed => {
                cast.decider.is_some() && outcome(kind, *state).is_some()
            }
            State::UnderReview => cast.holder.is_some() || cast.office == Some("secretary_general"),
            State::Submitted => cast.office != Some("ethics_officer"),
            State::InfoRequested => cast.decider.is_some(),
            State::WithEthics => {
                cast.office == Some("ethics_officer") || (cast.holder.is_some() && cast.may_be_referred)
            }
            State::Draft | State::Withdrawn => true,
        })
        .map(|state| {
            let cast = cast.clone();
            Recipe { state, make: Box::new(move |app| reach(app, kind, state, variant, &cast)) }
        })
        .collect()
}

fn reach(app: &TestApp, kind: &'static str, state: State, variant: &str, cast: &Cast) -> Case {
    let mut case = Case {
        slug: String::new(),
        kind,
        state,
        declarant: cast.declarant,
        holder: cast.holder,
        office: cast.office,
        supervisor: cast.supervisor,
        past_decider: None,
        barred: cast.barred.clone(),
        contract_linked: cast.given["contract_number"].is_string() || cast.given["under_contract"] == "yes",
        about_nordik: cast.given["company"]["neq"] == NORDIK.1,
        label: format!("{variant}, {kind}, {}", state.as_str()),
    };
    if state == State::Draft {
        case.slug = app.drafts(cast.declarant, kind, cast.given.clone());
        (case.holder, case.office, case.barred) = (None, None, Vec::new());
        return case;
    }
    case.slug = app.files(cast.declarant, kind, cast.given.clone());
    let decider = cast.decider.unwrap_or("nobody");
    match state {
        State::Submitted | State::Draft => {}
        State::UnderReview => {
            app.takes_up(decider, &case.slug).unwrap();
        }
        State::InfoRequested => {
            app.asks(decider, &case.slug, "Quand?").unwrap();
        }
        State::WithEthics => {
            if cast.office.is_none() {
                app.refers(decider, &case.slug).unwrap();
                (case.holder, case.office) = (None, Some("ethics_officer"));
            }
        }
        State::Decided | State::Monitoring | State::Closed => {
            settle(app, decider, cast.declarant, &case.slug, outcome(kind, state).unwrap(), state);
            (case.holder, case.office, case.past_decider) = (None, None, cast.decider);
        }
        State::Withdrawn => {
            app.withdraws(cast.declarant, &case.slug).unwrap();
            (case.holder, case.office) = (None, None);
        }
    }
    assert_eq!(app.state(&case.slug), state, "{}", case.label);
    case
}

fn camille(given: Value) -> Cast {
    Cast {
        declarant: "camille",
        supervisor: Some("rosalie"),
        holder: Some("rosalie"),
        office: None,
        decider: Some("rosalie"),
        barred: Vec::new(),
        given,
        may_be_referred: true,
    }
}

fn ordinary(kind: &'static str) -> Vec<Recipe> {
    through_every_state(kind, "ordinary", &camille(answers::ordinary(kind)))
}

fn about_the_supervisor(kind: &'static str) -> Vec<Recipe> {
    let cast = Cast {
        holder: Some("denis"),
        decider: Some("denis"),
        barred: vec!["rosalie"],
        ..camille(answers::about_the_supervisor(kind))
    };
    through_every_state(kind, "about the supervisor", &cast)
}

fn referred(kind: &'static str) -> Vec<Recipe> {
    let cast = Cast {
        holder: None,
        office: Some("ethics_officer"),
        decider: Some("marc"),
        ..camille(answers::referred(kind))
    };
    through_every_state(kind, "referred", &cast)
}

fn of_the_ethics_officer(kind: &'static str) -> Vec<Recipe> {
    let cast = Cast {
        declarant: "aline",
        supervisor: Some("solange"),
        holder: Some("solange"),
        decider: Some("solange"),
        // He reports to her.
        barred: vec!["marc"],
        may_be_referred: false,
        ..camille(answers::ordinary(kind))
    };
    through_every_state(kind, "of the ethics officer", &cast)
}

fn of_the_deputy_minister(kind: &'static str) -> Vec<Recipe> {
    let cast =
        Cast { declarant: "victor", supervisor: None, holder: None, decider: None, ..camille(answers::ordinary(kind)) };
    through_every_state(kind, "of the deputy minister", &cast)
}

fn of_the_secretary_general(kind: &'static str) -> Vec<Recipe> {
    let cast = Cast {
        declarant: "solange",
        supervisor: Some("victor"),
        holder: Some("victor"),
        decider: Some("victor"),
        // The whole ethics office reports to her.
        may_be_referred: false,
        ..camille(answers::ordinary(kind))
    };
    through_every_state(kind, "of the secretary general", &cast)
}

fn without_a_supervisor(kind: &'static str) -> Vec<Recipe> {
    let cast = Cast {
        declarant: "isabelle",
        supervisor: None,
        holder: None,
        office: Some("ethics_officer"),
        decider: Some("aline"),
        ..camille(answers::ordinary(kind))
    };
    through_every_state(kind, "without a supervisor", &cast)
}

fn reassigned(kind: &'static str) -> Vec<Recipe> {
    let cast = camille(answers::ordinary(kind));
    let states = [State::Submitted, State::UnderReview, State::InfoRequested, State::Closed];
    states
        .into_iter()
        .map(|state| {
            let cast = cast.clone();
            Recipe {
                state,
                make: Box::new(move |app| {
                    let mut case = reach(app, kind, State::Submitted, "reassigned", &cast);
                    app.gives_to("aline", &case.slug, "nadia").unwrap();
                    case.holder = Some("nadia");
                    match state {
                        State::UnderReview => drop(app.takes_up("nadia", &case.slug).unwrap()),
                        State::InfoRequested => drop(app.asks("nadia", &case.slug, "Quand?").unwrap()),
                        State::Closed => {
                            settle(
                                app,
                                "nadia",
                                cast.declarant,
                                &case.slug,
                                outcome(kind, State::Closed).unwrap(),
                                State::Closed,
                            );
                            (case.holder, case.past_decider) = (None, Some("nadia"));
                        }
                        _ => {}
                    }
                    case.state = state;
                    case.label = format!("reassigned, {kind}, {}", state.as_str());
                    case
                }),
            }
        })
        .collect()
}

fn delegated(kind: &'static str) -> Vec<Recipe> {
    let cast = Cast { holder: Some("nadia"), decider: Some("nadia"), ..camille(answers::ordinary(kind)) };
    through_every_state(kind, "delegated", &cast)
        .into_iter()
        .map(|recipe| Recipe {
            state: recipe.state,
            make: Box::new(move |app| {
                // The second time it is set already.
                drop(app.is_away("rosalie", 20, Some("nadia"), "rosalie"));
                (recipe.make)(app)
            }),
        })
        .collect()
}

fn directed(kind: &'static str) -> Vec<Recipe> {
    let Some(closing) = outcome(kind, State::Closed).filter(|_| DIRECTED.contains(&kind)) else { return Vec::new() };
    let cast = Cast {
        holder: None,
        office: Some("ethics_officer"),
        decider: Some("aline"),
        ..camille(answers::referred(kind))
    };
    [State::UnderReview, State::InfoRequested, State::Closed]
        .into_iter()
        .map(|state| {
            let cast = cast.clone();
            Recipe {
                state,
                make: Box::new(move |app| {
                    let mut case = reach(app, kind, State::WithEthics, "directed", &cast);
                    app.seeks_direction("aline", &case.slug).unwrap();
                    case.office = Some("deputy_minister");
                    match state {
                        State::InfoRequested => drop(app.asks("victor", &case.slug, "Depuis quand?").unwrap()),
                        State::Closed => {
                            settle(app, "victor", cast.declarant, &case.slug, closing, State::Closed);
                            (case.office, case.past_decider) = (None, Some("victor"));
                        }
                        _ => {}
                    }
                    case.state = state;
                    case.label = format!("directed, {kind}, {}", state.as_str());
                    case
                }),
            }
        })
        .collect()
}

fn naming_the_ethics_officer(kind: &'static str) -> Vec<Recipe> {
    // Aline is person 100003 of the directory.
    let aline = json!([{ "name": "100003" }]);
    let given = match kind {
        "business_relation" => answers::changed(answers::relation(), json!({ "participants": aline })),
        "event_request" => answers::changed(answers::hospitality(), json!({ "participants": aline })),
        "gift_declaration" => answers::changed(
            answers::gift(),
            json!({
                "direction": "received_other", "received_on": "2026-11-20", "beneficiary": "team", "team_members": aline,
            }),
        ),
        // Interests name nobody of the ministry.
        _ => return Vec::new(),
    };
    let cast = Cast { barred: vec!["aline", "marc"], may_be_referred: false, ..camille(given) };
    through_every_state(kind, "naming the ethics officer", &cast)
}

fn sealed(kind: &'static str) -> Vec<Recipe> {
    let cast = Cast {
        // Of a sealed file, no supervisor is kept.
        supervisor: None,
        holder: None,
        office: Some("ethics_officer"),
        decider: Some("marc"),
        ..camille(answers::ordinary(kind))
    };
    through_every_state(kind, "sealed", &cast)
}

fn sealed_of_the_ethics_officer(kind: &'static str) -> Vec<Recipe> {
    let cast = Cast {
        declarant: "aline",
        supervisor: None,
        holder: Some("solange"),
        decider: Some("solange"),
        barred: vec!["marc"],
        may_be_referred: false,
        ..camille(answers::ordinary(kind))
    };
    through_every_state(kind, "sealed, of the ethics officer", &cast)
}

fn concern_to_the_supervisor(kind: &'static str) -> Vec<Recipe> {
    if kind != "concern_report" {
        return Vec::new();
    }
    let cast = Cast { supervisor: None, ..camille(answers::concern_to_supervisor()) };
    through_every_state(kind, "to the supervisor", &cast)
}

fn concern_naming_the_ethics_officer(kind: &'static str) -> Vec<Recipe> {
    if kind != "concern_report" {
        return Vec::new();
    }
    let given = answers::changed(answers::concern(), json!({ "people_named": [{ "name": "100003" }] }));
    let cast = Cast {
        supervisor: None,
        holder: Some("solange"),
        decider: Some("solange"),
        barred: vec!["aline", "marc"],
        may_be_referred: false,
        ..camille(given)
    };
    through_every_state(kind, "naming the ethics officer", &cast)
}

fn notice(kind: &'static str) -> Vec<Recipe> {
    let cast = Cast {
        declarant: "rita",
        supervisor: Some("solange"),
        holder: None,
        office: Some("secretary_general"),
        decider: Some("solange"),
        may_be_referred: false,
        ..camille(answers::notice())
    };
    through_every_state(kind, "notice", &cast)
}
