//! A file given to somebody who asked for it under the law on access: what is withheld is blacked out with the article that
//! says why, and the journal keeps to whom, what was withheld and the hash of what was given (A-2.1, s. 9, 14 and 53).

pub mod document;
pub mod page;
