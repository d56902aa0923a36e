//! Answers of ordinary declarations on 23 November 2026, and some that rules look at.

use serde_json::{Value, json};

use super::ministry::NORDIK;

/// One declaration of each kind with the least that is worth saying.
pub fn ordinary(kind: &str) -> Value {
    match kind {
        "gift_declaration" => gift(),
        "business_relation" => relation(),
        "event_request" => event(),
        "interest_declaration" => interest(),
        "advice_request" => advice(),
        "voluntary_declaration" => voluntary(),
        "concern_report" => concern(),
        "rarc_notice" => notice(),
        other => panic!("no sample of {other}"),
    }
}

/// One declaration of each kind that a rule refers to the ethics officer.
pub fn referred(kind: &str) -> Value {
    match kind {
        "gift_declaration" => changed(
            gift(),
            json!({ "type": "cash", "description": "Carte-cadeau", "names_supervisor": false, "wish": "return" }),
        ),
        "business_relation" => changed(
            relation(),
            json!({ "info_shared": true, "info_needed_for_contract": false, "info_shared_details": "Un calendrier" }),
        ),
        "event_request" => changed(event(), json!({ "open_to_public": "no", "invitees": "Vingt clients" })),
        "interest_declaration" => changed(interest(), json!({ "conflict_kind": "real" })),
        other => panic!("no sample of {other}"),
    }
}

/// One declaration of each kind that concerns the supervisor too.
pub fn about_the_supervisor(kind: &str) -> Value {
    match kind {
        "gift_declaration" => changed(gift(), json!({ "type": "meal", "names_supervisor": true })),
        "business_relation" => changed(relation(), json!({ "names_supervisor": true })),
        // Free for everyone: whoever is invited to the same event decides about it for nobody.
        "event_request" => changed(event(), json!({ "names_supervisor": true })),
        "interest_declaration" => changed(interest(), json!({ "names_supervisor": true })),
        other => panic!("no sample of {other}"),
    }
}

/// `base` with some answers replaced; null forgets one.
pub fn changed(mut base: Value, changes: Value) -> Value {
    let (Some(base_map), Value::Object(changes)) = (base.as_object_mut(), changes) else { panic!("objects") };
    for (name, value) in changes {
        if value.is_null() {
            base_map.remove(&name);
        } else {
            base_map.insert(name, value);
        }
    }
    base
}

pub fn gift() -> Value {
    json!({
        "type": "gift",
        "description": "Boîte de chocolats, à la fin du projet",
        "company": { "name": NORDIK.0, "neq": NORDIK.1 },
        "contract_process": "no",
        "offered_on": "2026-11-20",
        "direction": "received",
        "value_method": "estimate",
        "value_cents": 2500,
    })
}

pub fn declined_gift() -> Value {
    changed(gift(), json!({ "direction": "offered" }))
}

pub fn relation() -> Value {
    json!({
        "nature": "meeting",
        "occurred_on": "2026-11-20",
        "initiated_by": "company",
        "off_duty": false,
        "company": { "name": NORDIK.0, "neq": NORDIK.1 },
        "contacts": [{ "name": "Paul Ménard", "title": "Vice-président", "email": "paul.menard@nordik.example" }],
        "under_contract": "yes",
        "purpose": "contract",
        "contract_stage": "follow_up",
        "contract_number": "C-2025-118",
        "subject": "Avancement du lot 2",
        "info_shared": false,
        "advantage_offered": false,
        "names_supervisor": false,
    })
}

pub fn event() -> Value {
    json!({
        "title": "Rendez-vous infonuagique 2026",
        "company": { "name": NORDIK.0, "neq": NORDIK.1 },
        "event_on": "2026-12-14",
        "role": "in_person",
        "place": "Québec",
        "open_to_public": "yes",
        "relevance": "Deux ateliers portent sur la migration en cours.",
        "costs": ["free"],
        "names_supervisor": false,
    })
}

pub fn hospitality() -> Value {
    changed(
        event(),
        json!({
            "costs": ["free", "hospitality"],
            "benefit_details": "Un dîner pour chaque personne",
            "benefit_cents": 3000,
            "under_contract": "no",
        }),
    )
}

pub fn interest() -> Value {
    json!({
        "type": "update",
        "ties": ["past_employment"],
        "period": "past",
        "since": "2019-01-07",
        "until": "2023-06-30",
        "company": { "name": NORDIK.0, "neq": NORDIK.1 },
        "under_contract": "yes",
        "in_contact": "no",
        "conflict_kind": "none",
        "measures_taken": "Aucune",
        "names_supervisor": false,
    })
}

/// Kinds of class C3.
pub const SEALED: [&str; 3] = ["advice_request", "voluntary_declaration", "concern_report"];

pub fn advice() -> Value {
    json!({
        "topic": "Conférence",
        "question": "Puis-je donner une conférence payée par un fournisseur?",
        "urgency": "ordinary",
        "confidentiality": "ethics_only",
    })
}

pub fn voluntary() -> Value {
    json!({
        "situation": "J’ai gardé un cadeau reçu au printemps.",
        "happened_on": "2026-04-02",
        "company": { "name": NORDIK.0, "neq": NORDIK.1 },
        "help_wanted": "Savoir s’il faut le rendre.",
    })
}

pub fn concern() -> Value {
    json!({
        "description": "Une entreprise a reçu un document avant les autres.",
        "names_supervisor": false,
        "names_ethics": false,
        "recipient": "ethics_officer",
        "contact_wish": "here",
    })
}

/// The same, to the supervisor.
pub fn concern_to_supervisor() -> Value {
    changed(concern(), json!({ "recipient": "supervisor" }))
}

pub fn notice() -> Value {
    json!({
        "topic": "Soumissions semblables",
        "facts": "Deux soumissions ont les mêmes fautes.",
        "known_on": "2026-11-20",
        "company": { "name": NORDIK.0, "neq": NORDIK.1 },
        "contract_number": "C-2025-118",
        "asks_ethics": false,
    })
}
