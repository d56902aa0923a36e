//! What rules found, in words.

use serde::Serialize;

use crate::comments;
use crate::comments::views::CommentView;
use crate::crosschecks::looked::Looks;
use crate::policy::rules::{Finding, Severity};
use crate::text::Language;
use crate::texts::say;

#[derive(Debug, Clone, Serialize)]
pub struct FindingView {
    pub severity: &'static str,
    pub severity_label: String,
    pub sentence: String,
    pub article: String,
    pub now: String,
    #[serde(skip)]
    rule: String,
    /// The person it is about may say why it does not hold: what the comment is about, and the id of its form.
    contest: Option<ContestView>,
    /// The person did.
    contested: bool,
}

#[derive(Debug, Clone, Serialize)]
struct ContestView {
    about: String,
    id: String,
    action: String,
}

/// The findings with what the person says of them.
pub fn contested(mut findings: Vec<FindingView>, said: &[CommentView], action: Option<&str>) -> Vec<FindingView> {
    for (finding, number) in findings.iter_mut().zip(1..) {
        finding.contested =
            said.iter().any(|comment| comment.contests.as_ref() == Some(&comments::actions::of_rule(&finding.rule)));
        finding.contest = action.map(|action| ContestView {
            about: comments::actions::of_rule(&finding.rule),
            id: format!("contest-{number}"),
            action: format!("{action}/commentaires"),
        });
    }
    findings
}

pub fn finding_views(findings: &[Finding], language: Language) -> Vec<FindingView> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    sorted
        .into_iter()
        .map(|finding| FindingView {
            severity: finding.severity.as_str(),
            severity_label: say(language, &format!("severity-{}", finding.severity.as_str()), &[]),
            sentence: finding.say.get(language).to_owned(),
            article: finding.article.get(language).to_owned(),
            now: finding.now.get(language).to_owned(),
            rule: finding.rule.clone(),
            contest: None,
            contested: false,
        })
        .collect()
}

/// Those that a look at the registry of lobbyists answered since do not ask for attention any more.
pub fn lifted(mut findings: Vec<FindingView>, looks: &Looks, declaration: i64, language: Language) -> Vec<FindingView> {
    for finding in findings.iter_mut().filter(|finding| looks.is_lifted(declaration, &finding.rule)) {
        finding.severity = Severity::Information.as_str();
        finding.severity_label = say(language, "severity-lifted", &[]);
        finding.now.clear();
    }
    findings
}

/// The same for whoever the file is about: what a decider has to do is not said to them.
pub fn own_finding_views(findings: &[Finding], language: Language) -> Vec<FindingView> {
    let mut views = finding_views(findings, language);
    for view in &mut views {
        view.now.clear();
        view.severity_label = say(language, &format!("severity-own-{}", view.severity), &[]);
    }
    views
}
