//! Every address of the service, on one page. `config/access.toml` lists the same ones; a difference stops the start.

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::{Handler, Responder, Route, web};

use super::{
    Visit, assets, confirm, home, openapi, passkey_page, recovery_page, second_factor_page, sessions_page, sign_in,
};
use crate::attachments::download;
use crate::declarations::api::{commands, queries};
use crate::declarations::{
    automatic, batch_page, check_page, compare_page, detail, direction, inbox, inbox_page, outside, pages, posts,
    renewal, step_page,
};
use crate::ethics::{confidential_page, library_pages, opinion_page};
use crate::programme::{
    attest_page, calendar_page, feed, ledger_page, passports, plan_page, posts as showcase_posts, report_page,
    showcase_page,
};
use crate::reports::files::{self, Format};
use crate::reports::pages::Period;
use crate::reports::parts::Part;
use crate::{
    acts, campaigns, clearance, comments, companies, crosschecks, custody, demo, doctor, forms, incidents, journal,
    measures, outbox, people, policy, privacy, readings, rectifications, register, releases, reports, retention,
    sources,
};

/// One address: method, pattern, and what answers.
pub struct Entry {
    pub method: Method,
    pub pattern: &'static str,
    make: Box<dyn Fn() -> Route + Send + Sync>,
}

impl Entry {
    fn new<F, Args>(method: Method, pattern: &'static str, handler: F) -> Self
    where
        F: Handler<Args> + Send + Sync,
        Args: actix_web::FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        Self { method, pattern, make: Box::new(move || web::route().to(handler.clone())) }
    }

    /// `"GET /registre"`, as the access table writes it.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.pattern)
    }
}

/// All addresses.
pub fn all() -> Vec<Entry> {
    let mut entries = pages_of_everybody();
    entries.extend(pages_of_declarations());
    entries.extend(pages_of_measures());
    entries.extend(pages_of_the_register());
    entries.extend(files_of_reports());
    entries.extend(pages_of_operators());
    entries.extend(demo_pages());
    entries.extend(api());
    entries.extend(people_pages());
    entries.extend(ethics_pages());
    entries.extend(programme_pages());
    entries.extend(policy_pages());
    entries.extend(forms_pages());
    entries.extend(clearance_pages());
    entries
}

/// Personas and letters; the gate answers that they do not exist unless this is a demonstration.
fn demo_pages() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/demo/entrer", demo::pages::show),
        Entry::new(Method::POST, "/demo/entrer", demo::pages::enter),
        Entry::new(Method::POST, "/demo/confirmer", confirm::confirm_demo),
        Entry::new(Method::GET, "/demo/courriels", demo::mailbox::list),
        Entry::new(Method::GET, "/demo/courriels/{id}", demo::mailbox::show),
        Entry::new(Method::GET, "/demo/courriels/{id}/html", demo::mailbox::html),
    ]
}

fn pages_of_everybody() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/", home::home),
        Entry::new(Method::GET, "/connexion", sign_in::show),
        Entry::new(Method::POST, "/connexion", sign_in::enter),
        Entry::new(Method::POST, "/deconnexion", sign_in::leave),
        Entry::new(Method::GET, "/langue/{code}", sign_in::language),
        Entry::new(Method::GET, "/preferences", home::preferences),
        Entry::new(Method::POST, "/preferences/courriels", home::choose_letters),
        Entry::new(Method::POST, "/preferences/seances", sessions_page::end),
        Entry::new(Method::GET, "/aide", home::help),
        Entry::new(Method::GET, "/accessibilite", home::accessibility),
        Entry::new(Method::GET, "/confidentialite", home::privacy),
        Entry::new(Method::GET, "/healthz", home::alive),
        Entry::new(Method::GET, "/readyz", doctor::ready::answer),
        Entry::new(Method::GET, "/assets/{path:.*}", assets::serve),
        // Before the page of a company: the first pattern that fits is taken.
        Entry::new(Method::GET, "/entreprises/suggestions", companies::api::suggestions),
    ]
}

fn pages_of_declarations() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/declarer", pages::choose),
        Entry::new(Method::GET, "/declarer/{kind}", pages::introduce),
        Entry::new(Method::POST, "/declarer/{kind}", pages::start),
        Entry::new(Method::POST, "/declarer/{kind}/rien", pages::nothing),
        Entry::new(Method::GET, "/avant-rencontre", companies::meeting_page::show),
        Entry::new(Method::POST, "/avant-rencontre", companies::meeting_page::post),
        Entry::new(Method::GET, "/brouillons/{slug}", step_page::resume),
        Entry::new(Method::GET, "/brouillons/{slug}/verifier", check_page::check),
        Entry::new(Method::POST, "/brouillons/{slug}/envoi", check_page::send),
        Entry::new(Method::POST, "/brouillons/{slug}/suppression", pages::discard),
        Entry::new(Method::GET, "/brouillons/{slug}/{step}", step_page::step),
        Entry::new(Method::POST, "/brouillons/{slug}/{step}", step_page::save),
        Entry::new(Method::GET, "/annuelle", renewal::show),
        Entry::new(Method::POST, "/annuelle", renewal::post),
        Entry::new(Method::GET, "/mes-declarations", inbox::mine),
        Entry::new(Method::GET, "/a-traiter", inbox_page::inbox),
        Entry::new(Method::GET, "/a-traiter/lot", batch_page::show),
        Entry::new(Method::POST, "/a-traiter/lot", batch_page::decide),
        Entry::new(Method::GET, "/a-traiter/lot/{id}", batch_page::done),
        Entry::new(Method::POST, "/a-traiter/lot/{id}/annulation", batch_page::undo),
        Entry::new(Method::POST, "/a-traiter/vues", register::views::create_in_inbox),
        Entry::new(Method::POST, "/a-traiter/vues/{id}/suppression", register::views::remove_from_inbox),
        Entry::new(Method::GET, "/pieces/{id}", download::download),
        Entry::new(Method::GET, "/d/{slug}", detail::show),
        Entry::new(Method::POST, "/d/{slug}/examen", automatic::post_reopen),
        Entry::new(Method::POST, "/d/{slug}/recoupements/{id}", crosschecks::page::answer),
        Entry::new(Method::GET, "/d/{slug}/recue", pages::received),
        Entry::new(Method::POST, "/d/{slug}/decision", posts::decide),
        Entry::new(Method::POST, "/d/{slug}/prise-en-charge", posts::take_up),
        Entry::new(Method::POST, "/d/{slug}/reponse", posts::answer),
        Entry::new(Method::POST, "/d/{slug}/suite", posts::go_on),
        Entry::new(Method::POST, "/d/{slug}/avis", posts::opine),
        Entry::new(Method::POST, "/d/{slug}/retrait", posts::withdraw),
        Entry::new(Method::POST, "/d/{slug}/fermeture", posts::close),
        Entry::new(Method::POST, "/d/{slug}/lecture", posts::acknowledge),
        Entry::new(Method::POST, "/d/{slug}/reaffectation", posts::reassign),
        Entry::new(Method::POST, "/d/{slug}/decision-externe", outside::post),
        Entry::new(Method::POST, "/d/{slug}/direction", direction::post_seek),
        Entry::new(Method::POST, "/d/{slug}/contestation", direction::post_contest),
        Entry::new(Method::GET, "/d/{slug}/comparaison", compare_page::show),
        Entry::new(Method::GET, "/d/{slug}/recu", journal::pages::download),
        Entry::new(Method::GET, "/d/{slug}/commentaires", comments::page::show),
        Entry::new(Method::POST, "/d/{slug}/commentaires", comments::page::post),
        Entry::new(Method::GET, "/d/{slug}/communication", releases::page::show),
        Entry::new(Method::POST, "/d/{slug}/communication", releases::page::preview),
        Entry::new(Method::POST, "/d/{slug}/communication/document", releases::page::give),
        Entry::new(Method::GET, "/d/{slug}/rectification", rectifications::page::show),
        Entry::new(Method::POST, "/d/{slug}/rectification", rectifications::page::ask),
        Entry::new(Method::POST, "/d/{slug}/rectification/reponse", rectifications::page::answer),
        Entry::new(Method::POST, "/d/{slug}/rectification/prolongation", rectifications::page::extend),
    ]
}

fn pages_of_measures() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/objets", custody::list_page::list),
        // Before the number of an object: the first pattern that fits is taken.
        Entry::new(Method::GET, "/objets/export.csv", custody::list_page::to_csv),
        Entry::new(Method::GET, "/objets/{number}", custody::page::show),
        Entry::new(Method::POST, "/objets/{number}/suivi", custody::page::record),
        Entry::new(Method::GET, "/mesures", measures::list_page::list),
        Entry::new(Method::GET, "/mesures/{id}", measures::page::show),
        Entry::new(Method::POST, "/mesures/{id}/preuve", measures::page::prove),
        Entry::new(Method::POST, "/mesures/{id}/verification", measures::page::verify),
        Entry::new(Method::POST, "/mesures/{id}/attestation", measures::page::attest),
        Entry::new(Method::POST, "/mesures/{id}/responsable", measures::page::hand_on),
        Entry::new(Method::POST, "/mesures/{id}/levee", measures::page::lift),
    ]
}

fn pages_of_the_register() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/registre", register::pages::show),
        Entry::new(Method::GET, "/registre/connu", register::known::show),
        Entry::new(Method::GET, "/registre/connu/{slug}", register::known_file::show),
        Entry::new(Method::GET, "/registre/export.csv", register::export::to_csv),
        Entry::new(Method::GET, "/registre/export.xlsx", register::export::to_xlsx),
        Entry::new(Method::POST, "/registre/vues", register::views::create),
        Entry::new(Method::POST, "/registre/vues/{id}/suppression", register::views::remove),
        Entry::new(Method::GET, "/recoupements", crosschecks::page::list),
        Entry::new(Method::GET, "/rectifications", rectifications::list_page::list),
        Entry::new(Method::GET, "/entreprises", companies::list_page::list),
        Entry::new(Method::GET, "/entreprises/{id}", companies::page::show),
        Entry::new(Method::GET, "/entreprises/{id}/fusion", companies::merge_page::show),
        Entry::new(Method::POST, "/entreprises/{id}/fusion", companies::merge_page::merge),
        Entry::new(Method::GET, "/entreprises/{id}/groupe", companies::group_page::show),
        Entry::new(Method::POST, "/entreprises/{id}/groupe", companies::group_page::change),
        Entry::new(Method::POST, "/entreprises/{id}/separation", companies::merge_page::separate),
        Entry::new(Method::POST, "/entreprises/{id}/lobbyisme", companies::known::record),
        Entry::new(Method::GET, "/sources", sources::page::show),
        Entry::new(Method::GET, "/rapports", reports::report_page::show),
        Entry::new(Method::GET, "/rapports/equipe", reports::report_page::team),
        Entry::new(Method::GET, "/rapports/contrats", reports::report_page::contracts),
        Entry::new(Method::GET, "/rapports/vitrines", report_page::show),
        Entry::new(Method::GET, "/rapports/audit.xlsx", reports::pages::to_xlsx),
        Entry::new(Method::GET, "/rapports/audit.json", reports::pages::to_json),
        Entry::new(Method::GET, "/rapports/audit.csv", reports::pages::to_csv),
        Entry::new(Method::GET, "/rapports/audit.preuve.json", reports::proof::download),
        Entry::new(Method::GET, "/rapports/attendu", reports::expected_page::show),
        Entry::new(Method::GET, "/rapports/attendu.csv", reports::expected_page::to_csv),
        Entry::new(Method::GET, "/rapports/attendu/suivi", reports::follow_up_page::show),
        // Without the PDF engine compiled in, the address says so instead of not existing.
        Entry::new(Method::GET, "/rapports/audit.pdf", reports::pages::to_pdf),
    ]
}

/// Reports without a row for each file, taken away.
fn files_of_reports() -> Vec<Entry> {
    let part = |part, format| move |visit: Visit, query: web::Query<Period>| files::of_part(visit, query, part, format);
    let showcases = |format| move |visit: Visit, query: web::Query<Period>| report_page::to_file(visit, query, format);
    vec![
        Entry::new(Method::GET, "/rapports/equipe.xlsx", part(Part::Team, Format::Xlsx)),
        Entry::new(Method::GET, "/rapports/equipe.json", part(Part::Team, Format::Json)),
        Entry::new(Method::GET, "/rapports/equipe.csv", part(Part::Team, Format::Csv)),
        Entry::new(Method::GET, "/rapports/contrats.xlsx", part(Part::Contracts, Format::Xlsx)),
        Entry::new(Method::GET, "/rapports/contrats.json", part(Part::Contracts, Format::Json)),
        Entry::new(Method::GET, "/rapports/contrats.csv", part(Part::Contracts, Format::Csv)),
        Entry::new(Method::GET, "/rapports/vitrines.xlsx", showcases(Format::Xlsx)),
        Entry::new(Method::GET, "/rapports/vitrines.json", showcases(Format::Json)),
        Entry::new(Method::GET, "/rapports/vitrines.csv", showcases(Format::Csv)),
    ]
}

fn pages_of_operators() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/courriels", outbox::pages::show),
        Entry::new(Method::POST, "/courriels/{id}/renvoi", outbox::pages::resend),
        Entry::new(Method::GET, "/diagnostic", doctor::page),
    ]
}

/// The API and its description; `openapi/operations.rs` has the same operations.
pub fn api() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/api/openapi.json", openapi::document),
        Entry::new(Method::GET, "/api/docs", openapi::show),
        Entry::new(Method::GET, "/api/v1/me", queries::me),
        Entry::new(Method::GET, "/api/v1/kinds", queries::kinds),
        Entry::new(Method::GET, "/api/v1/kinds/{id}", queries::kind),
        Entry::new(Method::GET, "/api/v1/declarations", queries::mine),
        Entry::new(Method::POST, "/api/v1/declarations", commands::create),
        Entry::new(Method::GET, "/api/v1/declarations/{id}", queries::declaration),
        Entry::new(Method::DELETE, "/api/v1/declarations/{id}", commands::delete),
        Entry::new(Method::PUT, "/api/v1/declarations/{id}/answers", commands::put_answers),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/submission", commands::submit),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/correction", commands::correct),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/withdrawal", commands::withdraw),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/answer", commands::answer),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/completion", commands::complete),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/review", commands::take_up),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/question", commands::ask),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/continuation", commands::go_on),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/referral", commands::refer),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/decision", commands::decide),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/opinion", commands::opine),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/advice", commands::advise),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/closing", commands::close),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/acknowledgement", commands::acknowledge),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/reassignment", commands::reassign),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/outside-decision", commands::record_outside),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/direction", commands::seek_direction),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/contestation", commands::contest),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/crosscheck-answer", crosschecks::api::answer),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/rectification", rectifications::api::ask),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/rectification-answer", rectifications::api::answer),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/rectification-extension", rectifications::api::extend),
        Entry::new(Method::GET, "/api/v1/declarations/{id}/comments", queries::comments),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/comments", commands::comment),
        Entry::new(Method::GET, "/api/v1/inbox", queries::inbox),
        Entry::new(Method::GET, "/api/v1/register", queries::register),
        Entry::new(Method::GET, "/api/v1/measures", measures::api::list),
        Entry::new(Method::GET, "/api/v1/measures/{id}", measures::api::show),
        Entry::new(Method::POST, "/api/v1/measures/{id}/proof", measures::api::prove),
        Entry::new(Method::POST, "/api/v1/measures/{id}/verification", measures::api::verify),
        Entry::new(Method::POST, "/api/v1/measures/{id}/attestation", measures::api::attest),
        Entry::new(Method::POST, "/api/v1/measures/{id}/owner", measures::api::hand_on),
        Entry::new(Method::POST, "/api/v1/measures/{id}/lifting", measures::api::lift),
        Entry::new(Method::GET, "/api/v1/absences", people::absences_api::list),
        Entry::new(Method::POST, "/api/v1/absences", people::absences_api::set),
        Entry::new(Method::POST, "/api/v1/absences/{id}/end", people::absences_api::end),
        Entry::new(Method::GET, "/api/v1/clearance", clearance::api::check),
        Entry::new(Method::POST, "/api/v1/clearance", clearance::api::ask),
        Entry::new(Method::GET, "/api/v1/companies", queries::companies),
        Entry::new(Method::GET, "/api/v1/precedents", queries::precedents),
        Entry::new(Method::GET, "/api/v1/units", queries::units),
        Entry::new(Method::GET, "/api/v1/rectifications", rectifications::api::list),
        Entry::new(Method::GET, "/api/v1/campaigns", campaigns::api::list),
        Entry::new(Method::GET, "/api/v1/campaigns/{id}", campaigns::api::show),
    ]
}

/// Contract committees checked, and everybody's own checks.
fn clearance_pages() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/verifications", clearance::page::list),
        // Before the number of a sheet: the first pattern that fits is taken.
        Entry::new(Method::GET, "/verifications/nouvelle", clearance::page::compose),
        Entry::new(Method::POST, "/verifications/nouvelle", clearance::page::create),
        Entry::new(Method::GET, "/verifications/{number}", clearance::sheet_page::show),
        Entry::new(Method::GET, "/verifications/{number}/feuille.csv", clearance::sheet_page::to_csv),
        Entry::new(Method::GET, "/verifications/{number}/preuve.json", clearance::sheet_page::proof),
        Entry::new(Method::GET, "/verifications/{number}/motifs", clearance::reasons_page::show),
        Entry::new(Method::GET, "/mes-declarations/verifications", clearance::own_page::show),
        Entry::new(Method::GET, "/mes-declarations/lectures", readings::own_page::show),
        Entry::new(Method::GET, "/mes-declarations/copie", privacy::own_copy::download),
        Entry::new(Method::GET, "/lectures", readings::page::list),
        Entry::new(Method::GET, "/incidents", incidents::page::list),
        Entry::new(Method::POST, "/incidents", incidents::page::record),
        Entry::new(Method::GET, "/incidents/nouveau", incidents::page::new),
        Entry::new(Method::GET, "/incidents/registre.csv", incidents::page::to_csv),
        Entry::new(Method::GET, "/incidents/{number}", incidents::page::show),
        Entry::new(Method::POST, "/incidents/{number}", incidents::page::correct),
        Entry::new(Method::GET, "/incidents/{number}/correction", incidents::page::correction),
        Entry::new(Method::GET, "/conservation", retention::page::overview),
        Entry::new(Method::POST, "/conservation", retention::page::prepare),
        Entry::new(Method::POST, "/conservation/gels", retention::page::place_hold),
        Entry::new(Method::POST, "/conservation/gels/{id}/levee", retention::page::lift_hold),
        Entry::new(Method::GET, "/conservation/{id}", retention::page::show),
        Entry::new(Method::GET, "/conservation/{id}/certificat.json", retention::page::certificate),
        Entry::new(Method::POST, "/conservation/{id}/destruction", retention::page::ask),
        Entry::new(Method::POST, "/conservation/{id}/abandon", retention::page::drop_list),
        Entry::new(Method::GET, "/actes", acts::page::list),
        Entry::new(Method::POST, "/actes", acts::page::ask),
        Entry::new(Method::GET, "/actes/demande", acts::page::ask_page),
        Entry::new(Method::GET, "/actes/{id}", acts::page::show),
        Entry::new(Method::POST, "/actes/{id}/approbation", acts::page::approve),
        Entry::new(Method::POST, "/actes/{id}/refus", acts::page::refuse),
        Entry::new(Method::POST, "/actes/{id}/retrait", acts::page::withdraw),
        Entry::new(Method::GET, "/preferences/code", second_factor_page::show),
        Entry::new(Method::POST, "/preferences/code", second_factor_page::confirm),
        Entry::new(Method::POST, "/connexion/code", second_factor_page::enter),
        Entry::new(Method::POST, "/connexion/cle", second_factor_page::prove),
        Entry::new(Method::GET, "/preferences/secours", recovery_page::show),
        Entry::new(Method::POST, "/preferences/secours", recovery_page::renew),
        Entry::new(Method::GET, "/preferences/cles", passkey_page::show),
        Entry::new(Method::POST, "/preferences/cles", passkey_page::add),
        Entry::new(Method::POST, "/preferences/cles/{id}/retrait", passkey_page::remove),
        Entry::new(Method::GET, "/confirmer", confirm::show),
        Entry::new(Method::POST, "/confirmer", confirm::confirm),
        Entry::new(Method::POST, "/confirmer/cle", confirm::prove),
        Entry::new(Method::GET, "/campagnes", campaigns::page::list),
        Entry::new(Method::POST, "/campagnes", campaigns::page::post),
        Entry::new(Method::GET, "/campagnes/equipe", campaigns::team_page::show),
        Entry::new(Method::GET, "/campagnes/essai.csv", campaigns::page::gaps_to_csv),
        Entry::new(Method::GET, "/campagnes/{id}", campaigns::one_page::show),
        Entry::new(Method::GET, "/campagnes/{id}/suivi.csv", campaigns::one_page::to_csv),
        Entry::new(Method::POST, "/campagnes/{id}/exceptions", campaigns::one_page::except),
        Entry::new(Method::POST, "/campagnes/{id}/exceptions/{person}", campaigns::one_page::ask_again),
        Entry::new(Method::POST, "/campagnes/{id}/cloture", campaigns::one_page::close),
        Entry::new(Method::POST, "/lectures/{id}", readings::page::explain),
    ]
}

/// The rules, their history, and what is proposed.
fn policy_pages() -> Vec<Entry> {
    const PROPOSAL: &str = "/regles/propositions/{id}";
    vec![
        Entry::new(Method::GET, "/regles", policy::pages::show),
        Entry::new(Method::GET, "/regles/essai", policy::pages::try_on),
        Entry::new(Method::GET, "/regles/paquet", policy::pack_page::show),
        Entry::new(Method::POST, "/regles/paquet", policy::pack_page::bring),
        Entry::new(Method::GET, "/regles/paquet.json", policy::pack_page::download),
        Entry::new(Method::GET, "/regles/versions", policy::pages::history),
        Entry::new(Method::GET, "/regles/versions/{id}", policy::pages::version),
        Entry::new(Method::POST, "/regles/propositions", policy::proposal_page::begin),
        Entry::new(Method::GET, PROPOSAL, policy::proposal_page::show),
        Entry::new(Method::POST, PROPOSAL, policy::proposal_page::save),
        Entry::new(Method::GET, "/regles/propositions/{id}/rejeu", policy::proposal_page::replay),
        Entry::new(Method::POST, "/regles/propositions/{id}/soumission", policy::proposal_page::submit),
        Entry::new(Method::POST, "/regles/propositions/{id}/adoption", policy::proposal_page::adopt),
        Entry::new(Method::POST, "/regles/propositions/{id}/refus", policy::proposal_page::refuse),
        Entry::new(Method::POST, "/regles/propositions/{id}/retrait", policy::proposal_page::withdraw),
    ]
}

/// The forms, their history, what is proposed and how it would look.
fn forms_pages() -> Vec<Entry> {
    const PROPOSAL: &str = "/formulaires/propositions/{id}";
    const PAGE: &str = "/formulaires/propositions/{id}/pages/{step}";
    const PREVIEW: &str = "/formulaires/propositions/{id}/apercu/{page}";
    vec![
        Entry::new(Method::GET, "/formulaires", forms::pages::list),
        Entry::new(Method::GET, "/formulaires/types/{kind}", forms::pages::show),
        Entry::new(Method::GET, "/formulaires/versions/{id}", forms::pages::version),
        Entry::new(Method::POST, "/formulaires/propositions", forms::proposal_page::begin),
        Entry::new(Method::GET, PROPOSAL, forms::proposal_page::show),
        Entry::new(Method::POST, PROPOSAL, forms::proposal_page::save),
        Entry::new(Method::GET, PAGE, forms::edit_page::show),
        Entry::new(Method::POST, PAGE, forms::edit_page::save),
        Entry::new(Method::GET, PREVIEW, forms::preview::show),
        Entry::new(Method::POST, PREVIEW, forms::preview::go_on),
        Entry::new(Method::POST, "/formulaires/propositions/{id}/soumission", forms::proposal_page::submit),
        Entry::new(Method::POST, "/formulaires/propositions/{id}/adoption", forms::proposal_page::adopt),
        Entry::new(Method::POST, "/formulaires/propositions/{id}/refus", forms::proposal_page::refuse),
        Entry::new(Method::POST, "/formulaires/propositions/{id}/retrait", forms::proposal_page::withdraw),
    ]
}

/// Opinions, precedents, and the confidential files of the ethics office.
fn ethics_pages() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/conseils/{slug}/rediger", opinion_page::write),
        Entry::new(Method::POST, "/conseils/{slug}/rediger", opinion_page::give),
        Entry::new(Method::GET, "/conseils/{slug}/recu", opinion_page::receipt),
        Entry::new(Method::GET, "/precedents", library_pages::library),
        // « rediger » comes before the number of a precedent.
        Entry::new(Method::GET, "/precedents/rediger", library_pages::compose),
        Entry::new(Method::POST, "/precedents/rediger", library_pages::publish),
        Entry::new(Method::GET, "/precedents/{id}", library_pages::show),
        Entry::new(Method::POST, "/precedents/{id}/retrait", library_pages::withdraw),
        Entry::new(Method::GET, "/confidentiel", confidential_page::list),
    ]
}

fn people_pages() -> Vec<Entry> {
    // « importation » comes before the number of a person: the first pattern that fits is taken.
    vec![
        Entry::new(Method::GET, "/personnes", people::pages::list),
        Entry::new(Method::GET, "/personnes/importation", people::import_page::show),
        Entry::new(Method::POST, "/personnes/importation", people::import_page::preview),
        Entry::new(Method::GET, "/personnes/importation/modele.csv", people::import_page::template),
        Entry::new(Method::POST, "/personnes/importation/confirmation", people::import_page::confirm),
        Entry::new(Method::GET, "/personnes/{number}", people::person_page::show),
        Entry::new(Method::POST, "/personnes/{number}/roles", people::person_page::grant),
        Entry::new(Method::POST, "/personnes/{number}/roles/fin", people::person_page::end),
        Entry::new(Method::POST, "/personnes/{number}/suspension", people::account_page::suspend),
        Entry::new(Method::POST, "/personnes/{number}/reouverture", people::account_page::restore),
        Entry::new(Method::GET, "/personnes/{number}/absences", people::absence_page::show_of),
        Entry::new(Method::POST, "/personnes/{number}/absences", people::absence_page::create_of),
        Entry::new(Method::POST, "/personnes/{number}/absences/{id}/fin", people::absence_page::end_of),
        Entry::new(Method::GET, "/depart", people::departures::show),
        Entry::new(Method::GET, "/depart/{number}", people::departures::show_of),
        Entry::new(Method::GET, "/absences", people::absence_page::show),
        Entry::new(Method::POST, "/absences", people::absence_page::create),
        Entry::new(Method::POST, "/absences/{id}/fin", people::absence_page::end),
    ]
}

/// Showcases and calendars. « nouvelle » and « organisation » come before the reference of a showcase.
fn programme_pages() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/evenements", calendar_page::show),
        Entry::new(Method::GET, "/evenements/nouvelle/{kind}", plan_page::show),
        Entry::new(Method::POST, "/evenements/nouvelle/{kind}", plan_page::plan),
        Entry::new(Method::GET, "/evenements/organisation", plan_page::organisers),
        Entry::new(Method::POST, "/evenements/organisation", plan_page::name),
        Entry::new(Method::POST, "/evenements/organisation/{number}/fin", plan_page::end),
        Entry::new(Method::GET, "/evenements/{reference}", showcase_page::show),
        Entry::new(Method::GET, "/evenements/{reference}/calendrier.ics", feed::of_showcase),
        Entry::new(Method::POST, "/evenements/{reference}/inscription", showcase_posts::register),
        Entry::new(Method::POST, "/evenements/{reference}/desistement", showcase_posts::give_up),
        Entry::new(Method::GET, "/evenements/{reference}/attestation", attest_page::show),
        Entry::new(Method::POST, "/evenements/{reference}/attestation", attest_page::attest),
        Entry::new(Method::GET, "/evenements/{reference}/modification", plan_page::edit),
        Entry::new(Method::POST, "/evenements/{reference}/modification", plan_page::change),
        Entry::new(Method::POST, "/evenements/{reference}/annulation", showcase_posts::cancel),
        Entry::new(Method::POST, "/evenements/{reference}/tenue", showcase_posts::hold),
        Entry::new(Method::POST, "/evenements/{reference}/entreprises", showcase_posts::add_firm),
        Entry::new(Method::POST, "/evenements/{reference}/entreprises/{firm}", showcase_posts::note_firm),
        Entry::new(Method::POST, "/evenements/{reference}/reponses", showcase_posts::publish),
        Entry::new(Method::GET, "/evenements/{reference}/registre", ledger_page::show),
        Entry::new(Method::GET, "/evenements/{reference}/registre.csv", ledger_page::to_csv),
        Entry::new(Method::POST, "/evenements/{reference}/avis", showcase_posts::advise),
        Entry::new(Method::GET, "/passeports", passports::page::list),
        Entry::new(Method::GET, "/passeports/nouveau", passports::new_page::show),
        Entry::new(Method::POST, "/passeports/nouveau", passports::new_page::create),
        Entry::new(Method::GET, "/passeports/{reference}", passports::page::show),
        Entry::new(Method::POST, "/passeports/{reference}/decision", passports::page::rule),
        Entry::new(Method::POST, "/passeports/{reference}/demandes", passports::page::confirm),
        Entry::new(Method::POST, "/passeports/{reference}/demandes/{slug}/retrait", passports::page::unlink),
        Entry::new(Method::POST, "/d/{slug}/passeport", passports::page::confirm_own),
        Entry::new(Method::GET, "/calendrier/{token}.ics", feed::personal),
        Entry::new(Method::POST, "/preferences/calendrier", feed::open),
        Entry::new(Method::POST, "/preferences/calendrier/{id}/fin", feed::close),
    ]
}

/// What a variable part of an address may hold: printable ASCII. All of ours do, and the automaton of every character that exists
/// would take twenty times the memory in each thread.
const PART: &str = ":[!-.0-~]+}";

/// The pattern with its variable parts limited, but those that say themselves what they hold.
fn limited(pattern: &str) -> String {
    let parts = pattern.split_inclusive('}').map(|piece| match piece.rsplit_once('{') {
        Some((_, part)) if part.contains(':') => piece.to_owned(),
        _ => piece.replace('}', PART),
    });
    parts.collect()
}

/// The pattern of a request, as the table of access writes it.
pub fn pattern_of(request: &ServiceRequest) -> Option<String> {
    request.match_pattern().map(|pattern| pattern.replace(PART, "}"))
}

/// Puts every address in an actix application. `HEAD` follows `GET`.
pub fn configure(config: &mut web::ServiceConfig) {
    let mut resources: Vec<(&'static str, actix_web::Resource)> = Vec::new();
    for entry in all() {
        let mut add = |method: Method| {
            let route = (entry.make)().method(method);
            match resources.iter().position(|(pattern, _)| *pattern == entry.pattern) {
                Some(place) => {
                    let (pattern, resource) = resources.remove(place);
                    resources.insert(place, (pattern, resource.route(route)));
                }
                None => {
                    let resource = web::resource(limited(entry.pattern));
                    resources.push((entry.pattern, resource.route(route)));
                }
            }
        };
        add(entry.method.clone());
        if entry.method == Method::GET {
            add(Method::HEAD);
        }
    }
    for (_, resource) in resources {
        config.service(resource);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_limited_unless_it_says_what_it_holds() {
        assert_eq!(limited("/d/{slug}/mesures/{number}"), "/d/{slug:[!-.0-~]+}/mesures/{number:[!-.0-~]+}");
        assert_eq!(limited("/calendrier/{token}.ics"), "/calendrier/{token:[!-.0-~]+}.ics");
        assert_eq!(limited("/assets/{path:.*}"), "/assets/{path:.*}");
        assert_eq!(limited("/registre"), "/registre");
    }
}
