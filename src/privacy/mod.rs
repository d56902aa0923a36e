//! What the law gives a person over what the register keeps of them (A-2.1, s. 83 and 84): a copy in a structured format.

pub mod own_copy;
