//! What the law gives a person over what the register keeps of them (A-2.1, s. 83 and 84): a copy in a structured format; and the
//! dictionary of what is kept and why.

pub mod dictionary;
pub mod own_copy;
