//! What is read of a release. Publishers write numbers without quotes, texts with them and `null` where there is nothing: each of
//! these is forgiven here; what it means is said in `normal.rs`.

use std::fmt;

use std::marker::PhantomData;

use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// Most things of each sort in a release: above what a real process has by far, and few enough that a release of thirty
/// megabytes of empty objects does not become a gigabyte.
pub const MOST_PARTIES: usize = 2_000;
/// Awards, and contracts.
pub const MOST_AWARDS: usize = 1_000;
/// Suppliers of one award.
pub const MOST_SUPPLIERS: usize = 250;
/// Roles and identifiers of a party, and tags of a release.
pub const MOST_WORDS: usize = 50;

/// The first things of a list, and whether there were too many.
#[derive(Debug, Clone, PartialEq)]
pub struct Few<T, const MOST: usize> {
    items: Vec<T>,
    /// There were more than `MOST`: they were read over, and not kept.
    pub more: bool,
}

impl<T, const MOST: usize> Default for Few<T, MOST> {
    fn default() -> Self {
        Self { items: Vec::new(), more: false }
    }
}

impl<T, const MOST: usize> std::ops::Deref for Few<T, MOST> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for Few<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T, const MOST: usize>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for List<T, MOST> {
            type Value = Few<T, MOST>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Few::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut few = Few::default();
                while few.items.len() < MOST {
                    let Some(item) = list.next_element()? else { return Ok(few) };
                    few.items.push(item);
                }
                while list.next_element::<IgnoredAny>()?.is_some() {
                    few.more = true;
                }
                Ok(few)
            }
        }
        deserializer.deserialize_any(List(PhantomData))
    }
}

/// One step of a contracting process, with what is read of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Release {
    pub ocid: String,
    pub date: String,
    pub tag: Few<Word, MOST_WORDS>,
    pub parties: Few<Party, MOST_PARTIES>,
    pub buyer: Option<Named>,
    pub tender: Option<Tender>,
    pub awards: Few<Award, MOST_AWARDS>,
    pub contracts: Few<Contract, MOST_AWARDS>,
}

impl Release {
    /// A record, or the head of a package, has a number and no content.
    pub(super) fn is_one(&self) -> bool {
        !self.date.is_empty() || self.tender.is_some() || !self.awards.is_empty() || !self.contracts.is_empty()
    }
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Party {
    pub id: Word,
    pub name: Word,
    pub roles: Few<Word, MOST_WORDS>,
    #[serde(deserialize_with = "or_default")]
    pub details: Details,
    #[serde(deserialize_with = "or_default")]
    pub identifier: Identifier,
    pub additional_identifiers: Few<Identifier, MOST_WORDS>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Details {
    pub neq: Word,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Identifier {
    pub id: Word,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Named {
    pub id: Word,
    pub name: Word,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Tender {
    pub title: Word,
    pub status: Word,
    pub procurement_method: Word,
    pub procurement_method_details: Word,
    #[serde(deserialize_with = "or_default")]
    pub tender_period: Period,
    #[serde(deserialize_with = "or_default")]
    pub procuring_entity: Named,
    pub tenderers: Few<Named, MOST_PARTIES>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Period {
    pub start_date: Word,
    pub end_date: Word,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Value {
    pub amount: Amount,
    pub currency: Word,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Award {
    pub id: Word,
    pub title: Word,
    pub status: Word,
    pub date: Word,
    #[serde(deserialize_with = "or_default")]
    pub value: Value,
    pub suppliers: Few<Named, MOST_SUPPLIERS>,
    #[serde(deserialize_with = "or_default")]
    pub contract_period: Period,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Contract {
    pub id: Word,
    #[serde(alias = "awardId")]
    #[serde(rename = "awardID")]
    pub award_id: Word,
    pub title: Word,
    pub status: Word,
    #[serde(deserialize_with = "or_default")]
    pub value: Value,
    #[serde(deserialize_with = "or_default")]
    pub period: Period,
    pub date_signed: Word,
    /// Counted; nothing of them takes room.
    #[serde(deserialize_with = "or_default")]
    pub amendments: Vec<IgnoredAny>,
}

/// A text; numbers, which publishers write without quotes now and then, become texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Word(pub String);

impl std::ops::Deref for Word {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;
        impl<'de> Visitor<'de> for Scalar {
            type Value = Word;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a number")
            }
            fn visit_str<E>(self, text: &str) -> Result<Word, E> {
                Ok(Word(text.trim().to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Word, E> {
                Ok(Word(if text.trim().len() == text.len() { text } else { text.trim().to_owned() }))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Word, E> {
                Ok(Word(number.to_string()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Word, E> {
                Ok(Word(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Word, E> {
                Ok(Word(number.to_string()))
            }
            fn visit_bool<E>(self, truth: bool) -> Result<Word, E> {
                Ok(Word(truth.to_string()))
            }
            fn visit_unit<E>(self) -> Result<Word, E> {
                Ok(Word::default())
            }
        }
        deserializer.deserialize_any(Scalar)
    }
}

/// An amount as written; whether it makes sense is said later.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Amount {
    #[default]
    None,
    Some(f64),
    /// A text that is not a number.
    Unreadable,
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = Word::deserialize(deserializer)?;
        Ok(if word.is_empty() { Self::None } else { word.parse().map_or(Self::Unreadable, Self::Some) })
    }
}

/// `null` says the same as nothing.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}
