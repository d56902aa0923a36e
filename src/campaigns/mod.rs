//! The yearly campaign: everybody in service is asked to confirm their interests by a day (E15), those who have not are
//! reminded (E16), supervisors see their team once a week (E17), and the ethics officer closes it with its figures (E18).
//!
//! Who has answered is never kept: it is read from the declarations of interests filed since the campaign opened.

pub mod actions;
pub mod api;
pub mod curve;
pub mod curve_view;
pub mod mail;
pub mod one_page;
pub mod page;
pub mod store;
pub mod team_page;
pub mod worker;
