//! Each convention of the publishers, alone.

use super::*;
use crate::contracts::ocds;
use crate::sources::Problems;

fn release(json: serde_json::Value) -> Release {
    let mut found = None;
    let mut problems = Problems::default();
    let text = json.to_string();
    ocds::read(text.as_bytes(), "essai", &mut problems, |_, release| {
        found = Some(release);
        Ok(())
    })
    .unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    found.unwrap()
}

fn sample() -> serde_json::Value {
    serde_json::json!({
        "ocid": "ocds-ec9k95-1234567", "date": "2026-06-01T10:00:00-04:00", "tag": ["contract"],
        "buyer": { "id": "OP-1", "name": "Ministère fictif" },
        "parties": [
            { "id": "FO-9", "name": "Nordik Infonuagique inc.", "roles": ["supplier"], "details": { "neq": "1171234567" } },
            { "id": "OP-1", "name": "Ministère fictif", "roles": ["buyer"] }
        ],
        "tender": { "title": "Hébergement", "status": "complete", "procurementMethod": "limited",
            "procurementMethodDetails": "Contrat conclu de gré à gré",
            "tenderPeriod": { "startDate": "2026-03-01", "endDate": "2026-04-01T15:00:00-04:00" } },
        "awards": [{ "id": 77, "value": { "amount": 1000.5, "currency": "CAD" }, "suppliers": [{ "id": "FO-9" }] }],
        "contracts": [{ "id": "C-1", "awardID": "77", "value": { "amount": "1200.25" },
            "period": { "startDate": "2026-05-01", "endDate": "2027-04-30" }, "amendments": [{}] }]
    })
}

fn changed(path: &str, value: serde_json::Value) -> (Option<Said>, Vec<String>) {
    let mut json = sample();
    *json.pointer_mut(path).unwrap() = value;
    let (said, problems) = normal("essai.json", 1, &release(json));
    (said, problems.into_iter().map(|problem| problem.code).collect())
}

#[test]
fn a_release_is_read_by_the_conventions_of_the_publisher() {
    let (said, problems) = normal("essai.json", 1, &release(sample()));
    assert_eq!(problems, []);
    let said = said.unwrap();
    assert_eq!((said.notice.as_str(), said.buyer.as_str()), ("1234567", "Ministère fictif"));
    assert_eq!(said.tender.unwrap().method, "direct");
    let [award, contract] = &said.contracts[..] else { panic!("{:?}", said.contracts) };
    assert_eq!((award.amount_cents, contract.amount_cents), (Some(100_050), Some(120_025)));
    assert_eq!(contract.award_key.as_ref(), Some(&award.key));
    assert_eq!(contract.suppliers[0].neq.as_deref(), Some("1171234567"));
    assert_eq!((contract.amendments, contract.status.as_str()), (1, "active"));
}

#[test]
fn what_makes_no_sense_sets_the_release_aside_and_says_where() {
    for (path, value, code) in [
        ("/contracts/0/value/amount", serde_json::json!(-5), "import-negative-amount"),
        ("/contracts/0/value/amount", serde_json::json!(1e30), "import-absurd-amount"),
        ("/awards/0/value/amount", serde_json::json!("beaucoup"), "import-bad-amount"),
        ("/contracts/0/period/endDate", serde_json::json!("2026-04-30"), "import-reversed-dates"),
        ("/tender/tenderPeriod/endDate", serde_json::json!("2026-02-01"), "import-reversed-dates"),
        ("/contracts/0/period/startDate", serde_json::json!("mai"), "import-bad-date"),
        ("/date", serde_json::json!("31-05-2026"), "import-bad-date"),
        ("/ocid", serde_json::json!(""), "import-no-ocid"),
    ] {
        let (said, codes) = changed(path, value);
        assert_eq!((said, codes), (None, vec![code.to_owned()]), "{path}");
    }
}

#[test]
fn a_neq_with_letters_is_told_and_the_contract_kept_without_it() {
    let (said, codes) = changed("/parties/0/details/neq", serde_json::json!("11712E4567"));
    assert_eq!(codes, ["import-bad-neq"]);
    assert_eq!(said.unwrap().contracts[1].suppliers[0].neq, None);
}

#[test]
fn a_neq_is_found_in_an_identifier_of_ten_digits() {
    let mut json = sample();
    json["parties"][0] = serde_json::json!({ "id": "FO-9", "name": "N", "identifier": { "id": "GB-1" },
        "additionalIdentifiers": [{ "scheme": "CA-QC-NEQ", "id": "1171234567" }] });
    let (said, _) = normal("essai.json", 1, &release(json));
    assert_eq!(said.unwrap().contracts[1].suppliers[0].neq.as_deref(), Some("1171234567"));
}

#[test]
fn a_termination_ends_the_contract_on_the_day_of_the_release_or_on_its_own() {
    let mut json = sample();
    json["tag"] = serde_json::json!(["contractTermination"]);
    let (said, _) = normal("essai.json", 1, &release(json.clone()));
    assert_eq!(said.unwrap().contracts[1].terminated_on, NaiveDate::from_ymd_opt(2026, 6, 1));
    json["contracts"][0]["period"]["endDate"] = serde_json::json!("2026-05-15");
    let (said, _) = normal("essai.json", 1, &release(json));
    assert_eq!(said.unwrap().contracts[1].terminated_on, NaiveDate::from_ymd_opt(2026, 5, 15));
}

/// A contract that says no end must not run for ever when its award says one.
#[test]
fn what_a_contract_does_not_say_of_its_days_its_award_may() {
    let day = |text: &str| (!text.is_empty()).then(|| text.parse::<NaiveDate>().unwrap());
    let days = |own: [&str; 2], signed: &str, awarded: [&str; 3]| {
        let [awarded_on, first, last] = awarded.map(day);
        let award = Planned { awarded_on, days: (first, last) };
        let (starts, ends) = lasting((day(own[0]), day(own[1])), day(signed), award);
        [starts, ends].map(|day| day.map(|day| day.to_string()).unwrap_or_default())
    };
    let award = ["2026-04-10", "2026-05-01", "2027-04-30"];
    assert_eq!(days(["", ""], "2026-04-20", award), ["2026-05-01", "2027-04-30"]);
    assert_eq!(days(["2026-06-01", ""], "2026-04-20", award), ["2026-06-01", "2027-04-30"]);
    // Of which nothing else is said, it is not under way before it is awarded.
    assert_eq!(days(["", ""], "", ["2026-04-10", "", ""]), ["2026-04-10", ""]);
    // The twins: the contract’s own days are first, and those of another time are left where they are.
    assert_eq!(days(["2026-05-15", "2026-12-31"], "2026-04-20", award), ["2026-05-15", "2026-12-31"]);
    assert_eq!(days(["2028-01-01", ""], "2026-04-20", award), ["2028-01-01", ""]);
    assert_eq!(days(["", ""], "2026-04-20", ["2026-04-10", "", "2026-04-01"]), ["", ""]);
    assert_eq!(days(["", "2026-04-01"], "", ["2026-04-10", "", ""]), ["", "2026-04-01"]);
}

/// Its own days stay apart: the award may come, or change, in another release.
#[test]
fn a_contract_keeps_its_own_days_and_ends_on_those_of_its_award() {
    let mut json = sample();
    json["contracts"][0]["period"] = serde_json::json!(null);
    json["contracts"][0]["status"] = serde_json::json!("terminated");
    json["awards"][0]["contractPeriod"] = serde_json::json!({ "startDate": "2025-05-01", "endDate": "2026-04-30" });
    let (said, problems) = normal("essai.json", 1, &release(json));
    assert_eq!(problems, []);
    let contract = said.unwrap().contracts.remove(1);
    assert_eq!((contract.starts_on, contract.ends_on), (None, None));
    assert_eq!(contract.terminated_on, NaiveDate::from_ymd_opt(2026, 4, 30));
}

#[test]
fn a_release_that_lists_more_than_any_process_has_is_set_aside_and_says_of_what() {
    let many = |one: serde_json::Value, times: usize| serde_json::Value::Array(vec![one; times]);
    let supplier = || serde_json::json!({ "id": "FO-9" });
    for (path, list, place) in [
        ("/parties", many(serde_json::json!({}), 2_001), "parties"),
        ("/awards", many(serde_json::json!({}), 1_001), "awards"),
        ("/contracts", many(serde_json::json!({}), 1_001), "contracts"),
        ("/awards/0/suppliers", many(supplier(), 251), "awards[0].suppliers"),
        ("/parties/1/roles", many(serde_json::json!("buyer"), 51), "parties[1].roles"),
    ] {
        let mut json = sample();
        *json.pointer_mut(path).unwrap() = list;
        let (said, problems) = normal("essai.json", 1, &release(json));
        assert_eq!(said, None, "{path}");
        let told: Vec<_> = problems.iter().map(|one| (one.code.as_str(), one.column.as_str())).collect();
        let column = format!("release 1 (ocds-ec9k95-1234567) {place}");
        assert_eq!(told, [("import-too-many-parts", column.as_str())]);
    }
    // The twin.
    let (said, codes) = changed("/awards/0/suppliers", many(supplier(), 250));
    assert_eq!((said.unwrap().contracts[1].suppliers.len(), codes), (250, Vec::new()));
}

#[test]
fn buyers_are_known_by_any_of_their_names() {
    let one = |name: &str| Buyers::new(&[name.to_owned()]).keep(&release(sample()));
    assert!(one("MINISTERE FICTIF") && one("op-1") && Buyers::default().keep(&release(sample())));
    assert!(!one("Ministère d’à côté"), "the twin");
}

#[test]
fn the_notice_follows_the_prefix() {
    assert_eq!(notice("ocds-ec9k95-20017361"), "20017361");
    assert_eq!(notice("ocds-213czf-000-00001"), "000-00001");
    assert_eq!(notice("autre"), "autre");
}
