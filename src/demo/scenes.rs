//! What the personas find on their desk: a few declarations of the last weeks that stop where somebody is expected.

use serde_json::json;

use super::story::{Act, Script};
use super::world::World;
use crate::declarations::answers::Answers;

/// One declaration of the last weeks.
pub struct Scene {
    pub declarant: usize,
    pub kind: &'static str,
    /// Business days before the last one.
    pub days_ago: i64,
    pub script: Script,
    /// Answers that make the scene, over plausible ones.
    pub set: fn(&mut Answers),
}

fn as_drawn(_: &mut Answers) {}

fn plain_follow_up(answers: &mut Answers) {
    for (field, value) in [
        ("nature", json!("video")),
        ("initiated_by", json!("ministry")),
        ("off_duty", json!(false)),
        ("purpose", json!("contract")),
        ("contract_stage", json!("follow_up")),
        ("under_contract", json!("yes")),
        (
            "subject",
            json!("Suivi mensuel de la migration du courriel\u{a0}: avancement du lot 2 et échéancier de décembre."),
        ),
        ("info_shared", json!(false)),
        ("advantage_offered", json!(false)),
        ("names_supervisor", json!(false)),
        ("participants", serde_json::Value::Null),
    ] {
        answers.set(field, value);
    }
}

fn one_company_only(answers: &mut Answers) {
    plain_follow_up(answers);
    for (field, value) in [
        ("nature", json!("meeting")),
        ("purpose", json!("needs")),
        ("subject", json!("Démonstration d’un outil de copie de sauvegarde hors site.")),
        ("needs_reason", json!("Aucun document public ne décrit les délais de migration.")),
        ("consulted_others", json!(false)),
        ("single_reason", json!("Les deux autres entreprises n’ont pas répondu à l’invitation.")),
    ] {
        answers.set(field, value);
    }
}

fn said_too_much(answers: &mut Answers) {
    plain_follow_up(answers);
    for (field, value) in [
        ("purpose", json!("event")),
        ("nature", json!("meeting")),
        ("subject", json!("Conversation à la pause d’un colloque.")),
        ("info_shared", json!(true)),
        ("info_needed_for_contract", json!(false)),
        ("info_shared_details", json!("Le budget approximatif du prochain lot. Je l’ai dit sans y penser.")),
    ] {
        answers.set(field, value);
    }
}

fn hockey_tickets(answers: &mut Answers) {
    for (field, value) in [
        ("type", json!("ticket")),
        ("description", json!("Deux billets de hockey, offerts à la fin d’une réunion")),
        ("direction", json!("pending")),
        ("beneficiary", json!("self")),
        ("contract_process", json!("contract")),
        ("value_method", json!("price")),
        ("value_cents", json!(24_000)),
        ("names_supervisor", json!(false)),
        ("wish", json!("unknown")),
    ] {
        answers.set(field, value);
    }
}

fn maple_basket(answers: &mut Answers) {
    for (field, value) in [
        ("type", json!("gift")),
        ("description", json!("Panier de produits de l’érable reçu par la poste")),
        ("direction", json!("received")),
        ("contract_process", json!("contract")),
        ("value_method", json!("estimate")),
        ("value_cents", json!(6_500)),
    ] {
        answers.set(field, value);
    }
}

fn gift_card(answers: &mut Answers) {
    maple_basket(answers);
    for (field, value) in [
        ("type", json!("cash")),
        ("description", json!("Carte-cadeau d’une librairie, dans une carte de remerciement")),
        ("value_cents", json!(5_000)),
        ("names_supervisor", json!(false)),
        ("wish", json!("return")),
    ] {
        answers.set(field, value);
    }
}

fn free_and_open(answers: &mut Answers) {
    for (field, value) in [
        ("role", json!("in_person")),
        ("place", json!("Centre des congrès de Québec")),
        ("open_to_public", json!("yes")),
        ("costs", json!(["free"])),
        ("names_supervisor", json!(false)),
    ] {
        answers.set(field, value);
    }
}

fn company_pays(answers: &mut Answers) {
    free_and_open(answers);
    for (field, value) in [
        ("costs", json!(["company", "hospitality"])),
        ("benefit_details", json!("Hébergement d’une nuit et souper")),
        ("benefit_cents", json!(31_000)),
        ("under_contract", json!("yes")),
        ("names_supervisor", json!(false)),
    ] {
        answers.set(field, value);
    }
}

fn by_invitation(answers: &mut Answers) {
    company_pays(answers);
    answers.set("open_to_public", json!("no"));
    answers.set("invitees", json!("Une vingtaine de clients du secteur public"));
}

fn speaks(answers: &mut Answers) {
    free_and_open(answers);
    answers.set("role", json!("speaker"));
    answers.set("speech_topic", json!("Notre migration\u{a0}: ce qui est public et ce que nous avons appris"));
}

fn sister_at_supplier(answers: &mut Answers) {
    for (field, value) in [
        ("type", json!("update")),
        ("ties", json!(["family"])),
        ("linked_person", json!("sibling")),
        ("period", json!("current")),
        ("since", json!("2022-02-01")),
        ("under_contract", json!("yes")),
        ("in_contact", json!("no")),
        ("conflict_kind", json!("apparent")),
        ("measures_taken", json!("Je ne consulte pas les dossiers de l’entreprise.")),
        ("names_supervisor", json!(false)),
    ] {
        answers.set(field, value);
    }
}

fn real_conflict(answers: &mut Answers) {
    sister_at_supplier(answers);
    for (field, value) in [
        ("in_contact", json!("yes")),
        ("duties_details", json!("Vérification des factures de l’entreprise")),
        ("client_touched", json!("no")),
        ("conflict_kind", json!("real")),
        ("measures_taken", json!("J’ai demandé qu’une autre personne vérifie les factures.")),
    ] {
        answers.set(field, value);
    }
}

fn promising_start_up(answers: &mut Answers) {
    plain_follow_up(answers);
    for (field, value) in [
        ("nature", json!("meeting")),
        ("purpose", json!("prospecting")),
        ("subject", json!("Visite d’un laboratoire et discussion sur l’innovation, sans engagement.")),
        ("lobby_decision", json!("contract_or_grant")),
        ("lobby_exclusion", json!("no")),
        ("lobbyist_type", json!("enterprise")),
        ("lobby_registered", json!("unknown")),
    ] {
        answers.set(field, value);
    }
}

/// The scenes, for whoever is in the line of the personas.
pub fn all(world: &World) -> Vec<Scene> {
    let (Some(employee), Some(supervisor), Some(executive)) =
        (world.place_of_number("200001"), world.place_of_number("200002"), world.place_of_number("200009"))
    else {
        return Vec::new();
    };
    let under = |head: usize| -> Vec<usize> {
        let id = world.people.get(head).map(|person| person.id);
        let mine = |place: &usize| {
            *place != employee
                && world.people.get(*place).is_some_and(|p| p.supervisor_id == id && p.active_until.is_none())
        };
        (0..world.people.len()).filter(mine).collect()
    };
    let (team, directors) = (under(supervisor), under(executive));
    let member = |number: usize| team.get(number % team.len().max(1)).copied().unwrap_or(employee);
    let director = directors.first().copied().unwrap_or(employee);
    let (relation, gift) = ("business_relation", "gift_declaration");
    let (event, interest) = ("event_request", "interest_declaration");
    let scene = |declarant, kind, days_ago, script, set| Scene { declarant, kind, days_ago, script, set };
    use Act::{
        Ask, Correct, Decide, Discuss, Lift, ProofBack, Prove, Receive, Refer, Remark, Reply, SendBack, TakeUp, Verify,
        Withdraw,
    };
    let mut scenes = vec![
        // The employee: a draft, one to decide, a question, an expected report, measures, one taken back.
        scene(employee, relation, 1, Script::Unfinished, plain_follow_up),
        scene(employee, gift, 1, Script::Acts(&[Remark]), hockey_tickets),
        scene(employee, relation, 4, Script::Acts(&[TakeUp, Ask]), one_company_only),
        scene(employee, event, 18, Script::Outcome(&[TakeUp, Decide], "authorised"), free_and_open),
        scene(employee, interest, 70, Script::Outcome(&[Decide], "managed"), sister_at_supplier),
        scene(employee, relation, 14, Script::Acts(&[Withdraw]), as_drawn),
        // Handed to the State: one in custody, one expected.
        scene(member(6), gift, 34, Script::Outcome(&[Decide, Receive], "hand_to_state"), maple_basket),
        scene(member(7), gift, 5, Script::Outcome(&[Decide], "hand_to_state"), maple_basket),
        // Measures in every state: to show, to verify, sent back, verified and soon to be confirmed, lifted, late.
        scene(employee, interest, 12, Script::Outcome(&[Decide], "recusal"), sister_at_supplier),
        scene(member(2), interest, 15, Script::Outcome(&[Decide, Prove], "managed"), sister_at_supplier),
        scene(member(3), interest, 21, Script::Outcome(&[Decide, Prove, ProofBack], "managed"), sister_at_supplier),
        scene(member(4), interest, 178, Script::Outcome(&[Decide, Prove, Verify], "managed"), sister_at_supplier),
        scene(member(5), interest, 40, Script::Outcome(&[Decide, Lift], "managed"), sister_at_supplier),
        // The supervisor: every kind, flagged or not, some late, one back from the ethics officer.
        scene(member(0), relation, 1, Script::Acts(&[]), one_company_only),
        scene(member(1), relation, 8, Script::Acts(&[]), plain_follow_up),
        scene(member(2), event, 2, Script::Acts(&[TakeUp]), company_pays),
        scene(member(3), gift, 11, Script::Acts(&[Remark, Reply]), maple_basket),
        scene(member(4), interest, 2, Script::Acts(&[]), sister_at_supplier),
        scene(member(5), event, 1, Script::Acts(&[]), speaks),
        scene(member(6), relation, 9, Script::Acts(&[Refer, Discuss, SendBack]), one_company_only),
        scene(member(7), gift, 3, Script::Acts(&[Correct]), hockey_tickets),
        // The ethics officer: sent by rules or by deciders, one late.
        scene(member(8), gift, 2, Script::Acts(&[]), gift_card),
        scene(member(1), event, 7, Script::Acts(&[]), by_invitation),
        scene(member(9), interest, 3, Script::Acts(&[]), real_conflict),
        scene(member(2), relation, 2, Script::Acts(&[]), said_too_much),
        scene(member(3), gift, 4, Script::Acts(&[TakeUp, Refer]), maple_basket),
        scene(director, relation, 2, Script::Acts(&[]), promising_start_up),
        scene(director, event, 3, Script::Acts(&[]), company_pays),
        scene(executive, relation, 2, Script::Acts(&[]), promising_start_up),
    ];
    scenes.extend(super::confidences::scenes(world, employee, executive, member(4), member(6)));
    scenes
}
