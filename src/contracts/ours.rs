//! Whose contracts are the ministry's: those concluded under one of the names of the settings, under its own name, or from its
//! own books. Asked when contracts are read, so that a name added to the settings counts at once, and one taken out no longer;
//! what is imported is chosen by the same names (`normal::Buyers`).

use super::store::{Contract, Procurement};
use crate::config::Config;
use crate::db::search::fold;

/// The names under which this body buys, folded.
#[derive(Debug, Clone)]
pub struct Ours(Vec<String>);

impl Ours {
    /// Without any name in the settings, only contracts under the very name of the organisation are its own: to say of a
    /// contract of another body that it is one of ours would be an accusation, and `probite doctor` says that nothing is named.
    pub fn of(config: &Config) -> Self {
        let names = config.contracts.buyers.iter().chain([&config.organisation.name]);
        Self(names.map(|name| fold(name)).filter(|name| !name.is_empty()).collect())
    }

    pub fn buys(&self, buyer: &str) -> bool {
        !buyer.is_empty() && self.0.contains(&fold(buyer))
    }

    pub fn has(&self, contract: &Contract) -> bool {
        // From the ministry's own books when no process is published.
        contract.procurement_id.is_none() || self.buys(&contract.buyer)
    }

    pub fn called_for(&self, process: &Procurement) -> bool {
        self.buys(&process.buyer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_known_by_the_names_of_its_settings_and_by_its_own() {
        let mut config = Config::defaults().unwrap();
        config.organisation.name = "Ministère fictif".into();
        config.contracts.buyers = vec!["Secrétariat du numérique".into()];
        let ours = Ours::of(&config);
        assert!(ours.buys("MINISTERE FICTIF") && ours.buys("secretariat du numérique"));
        // The twins.
        assert!(!ours.buys("Ministère") && !ours.buys("") && !ours.buys("Autre ministère"));
    }
}
