//! What is told in confidence, so that each persona finds some: opinions asked and given, precedents, a situation of
//! one's own, concerns, notices. Everything is plainly fictional, written here once and always the same.

use serde_json::json;

use super::scenes::Scene;
use super::story::{Act, Script};
use super::world::World;
use crate::access::Actor;
use crate::app::Tx;
use crate::declarations::answers::Answers;
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::ethics::actions;
use crate::ethics::opinion::{Compared, Opinion, Stance};
use crate::ethics::precedents::{self, Text};

/// Kinds written here.
pub fn is_one(kind: &str) -> bool {
    matches!(kind, "advice_request" | "voluntary_declaration" | "concern_report" | "rarc_notice")
}

/// The answers of each kind, before a scene changes some.
pub fn answers(kind: &str) -> Answers {
    let given = match kind {
        "advice_request" => json!({
            "topic": "Conférence payée",
            "question": "Une entreprise m’offre de parler à son congrès et paie le train. Puis-je accepter?",
            "context": "Je n’évalue pas ses offres, mais mon équipe utilise son service.",
            "urgency": "ordinary",
            "confidentiality": "precedent",
        }),
        "voluntary_declaration" => json!({
            "situation": "J’ai gardé un haut-parleur gagné au tirage d’un kiosque. Je ne l’ai pas déclaré.",
            "done_already": "Je l’ai rapporté au bureau.",
            "help_wanted": "Savoir s’il faut le rendre, et à qui.",
        }),
        "concern_report" => json!({
            "description": "Une entreprise semble connaître nos exigences avant leur publication.",
            "functions": "Une personne du comité de préparation",
            "names_supervisor": false,
            "names_ethics": false,
            "recipient": "ethics_officer",
            "contact_wish": "here",
        }),
        _ => json!({
            "topic": "Deux soumissions presque identiques",
            "facts": "Les deux soumissions reçues ont les mêmes fautes et la même mise en page.",
            "known_on": "2026-11-02",
            "contract_number": "AO-2026-031",
            "measures": "Analyse suspendue en attendant une réponse.",
            "asks_ethics": false,
        }),
    };
    match given {
        serde_json::Value::Object(map) => Answers(map),
        _ => Answers::default(),
    }
}

fn as_it_is(_: &mut Answers) {}

fn former_employer(answers: &mut Answers) {
    answers.set("topic", json!("Ancien employeur"));
    answers.set("question", json!("Mon ancien employeur dépose une offre. Dois-je me retirer du comité?"));
    answers.set("context", json!("J’y ai travaillé jusqu’en 2023."));
    answers.set("confidentiality", json!("ethics_only"));
}

fn to_the_supervisor(answers: &mut Answers) {
    answers.set("description", json!("Les rencontres avec une entreprise ne sont plus inscrites depuis l’été."));
    answers.set("recipient", json!("supervisor"));
}

fn with_a_question(answers: &mut Answers) {
    answers.set("topic", json!("Rencontre avant un appel d’offres"));
    answers.set("facts", json!("Une entreprise dit avoir rencontré l’équipe deux semaines avant l’avis public."));
    answers.set("asks_ethics", json!(true));
    answers.set("question", json!("Cette rencontre demande-t-elle de reporter l’appel d’offres?"));
}

/// One scene or more for each of the four procedures.
pub fn scenes(world: &World, employee: usize, executive: usize, one: usize, other: usize) -> Vec<Scene> {
    let scene = |declarant, kind, days_ago, script, set| Scene { declarant, kind, days_ago, script, set };
    let mut scenes = vec![
        scene(employee, "advice_request", 24, Script::Acts(&[Act::Advise]), as_it_is),
        scene(one, "advice_request", 2, Script::Acts(&[]), former_employer),
        scene(executive, "advice_request", 12, Script::Acts(&[Act::Advise]), as_it_is),
        scene(other, "voluntary_declaration", 3, Script::Acts(&[]), as_it_is),
        scene(employee, "voluntary_declaration", 6, Script::Outcome(&[Act::Decide], "converted"), as_it_is),
        scene(one, "concern_report", 4, Script::Acts(&[]), as_it_is),
        scene(other, "concern_report", 2, Script::Acts(&[]), to_the_supervisor),
    ];
    if let Some(monitor) = world.place_of_number("200007") {
        scenes.extend([
            scene(monitor, "rarc_notice", 1, Script::Acts(&[]), as_it_is),
            scene(monitor, "rarc_notice", 9, Script::Outcome(&[Act::Decide], "action_requested"), with_a_question),
        ]);
    }
    scenes
}

/// Answers a request; the first answer becomes a precedent, and the next ones say that they follow it.
pub fn advise(tx: &mut Tx<'_>, actor: &Actor, request: &Declaration) -> Result<Declaration> {
    let opinion = Opinion {
        facts: "Une entreprise offre de payer le transport d’une personne invitée à parler à son congrès.".into(),
        norms: "Politique, section 5, participation à des événements; REDFP, article 6.".into(),
        analysis: "Prendre la parole est possible. Le transport payé dépasse ce qui est d’usage et de valeur modeste."
            .into(),
        recommendation: "Accepter l’invitation, décliner le transport, et demander l’autorisation avant l’événement."
            .into(),
    };
    let proposed = precedents::similar_to(tx, &actions::looked_up_by(request, &opinion)?)?;
    let compared: Vec<Compared> = proposed
        .iter()
        .map(|one| Compared { precedent: one.id, stance: Some(Stance::Follows), reason: String::new() })
        .collect();
    let answered = actions::give_opinion(tx, actor, request.slug(), request.version, &opinion, &compared)?;
    if precedents::in_force(tx)?.is_empty() {
        let text = Text {
            title: "Parler à un congrès aux frais d’une entreprise".into(),
            situation: "Une personne est invitée à parler à un congrès. L’entreprise qui l’organise paie le train."
                .into(),
            norms: opinion.norms,
            recommendation: opinion.recommendation,
        };
        actions::publish(tx, actor, Some(answered.slug()), &text)?;
    }
    Ok(answered)
}
