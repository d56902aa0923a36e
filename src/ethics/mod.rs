//! The ethics officer's own work: opinions on requests for advice, and the library of precedents.
//!
//! A request for advice is a declaration like the others (`config/kinds/advice_request.toml`), sealed. What is here is
//! what it has of its own: an opinion made of facts, norms, analysis and recommendation, given once; a receipt its
//! reader can show; the few words by which somebody says, later, that they followed it; and precedents, which are
//! other texts, anonymised, that everybody may read.

pub mod actions;
pub mod citing;
pub mod confidential_page;
pub mod library_pages;
pub mod opinion;
pub mod opinion_page;
pub mod precedents;
pub mod similar;
pub mod store;
