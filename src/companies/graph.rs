//! The graph of a company: itself in the middle, the people who declared something about it around. What is drawn is said in
//! a nested list beneath; where it is drawn is a pure function of how many there are.

use std::collections::BTreeMap;

use super::files::Link;

/// People drawn at most: forty nodes with the company. Beyond, a list is read better than a picture (ux.md §3.4).
pub const MOST_PEOPLE: usize = 39;

/// Somebody, and the newest file of each kind that ties them to the company.
#[derive(Debug, Clone)]
pub struct Tied<'l> {
    pub newest: &'l Link,
    /// Newest file of each kind, newest first.
    pub ties: Vec<&'l Link>,
}

/// The people of some files read newest first: whoever declared last comes first.
pub fn people(links: &[Link]) -> Vec<Tied<'_>> {
    let mut places: BTreeMap<i64, usize> = BTreeMap::new();
    let mut found: Vec<Tied<'_>> = Vec::new();
    for link in links {
        let place = *places.entry(link.person).or_insert_with(|| {
            found.push(Tied { newest: link, ties: Vec::new() });
            found.len() - 1
        });
        if let Some(tied) = found.get_mut(place)
            && tied.ties.iter().all(|tie| tie.kind != link.kind)
        {
            tied.ties.push(link);
        }
    }
    found
}

/// A node, in the units of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
}

impl Place {
    fn middle(self) -> i64 {
        self.y + self.height / 2
    }
}

/// Where everything is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub width: i64,
    pub height: i64,
    pub company: Place,
    pub people: Vec<Place>,
}

/// A line from the company to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub x1: i64,
    pub y1: i64,
    pub x2: i64,
    pub y2: i64,
}

const WIDTH: i64 = 960;
const NODE: (i64, i64) = (260, 46);
const COMPANY: (i64, i64) = (230, 64);
const MARGIN: i64 = 6;
const STEP: i64 = 56;
/// Between two lines to the same person.
const APART: i64 = 8;

/// Two columns, the company between them; whoever comes first is on top, left then right.
pub fn layout(people: usize) -> Layout {
    let drawn = i64::try_from(people.min(MOST_PEOPLE)).unwrap_or(0);
    let (left, right) = ((drawn + 1) / 2, drawn / 2);
    let column = |rows: i64| if rows == 0 { 0 } else { (rows - 1) * STEP + NODE.1 };
    let height = column(left).max(COMPANY.1) + 2 * MARGIN;
    let place = |index: i64| {
        let (rows, x) = if index % 2 == 0 { (left, MARGIN) } else { (right, WIDTH - MARGIN - NODE.0) };
        let y = (height - column(rows)) / 2 + (index / 2) * STEP;
        Place { x, y, width: NODE.0, height: NODE.1 }
    };
    Layout {
        width: WIDTH,
        height,
        company: Place { x: (WIDTH - COMPANY.0) / 2, y: (height - COMPANY.1) / 2, width: COMPANY.0, height: COMPANY.1 },
        people: (0..drawn).map(place).collect(),
    }
}

/// The `tie`-th of `ties` lines from the company to a person: side by side, so that each is seen.
pub fn line(company: Place, person: Place, tie: usize, ties: usize) -> Line {
    let (tie, ties) = (i64::try_from(tie).unwrap_or(0), i64::try_from(ties).unwrap_or(1));
    let shift = tie * APART - (ties - 1) * APART / 2;
    let leftward = person.x < company.x;
    let (x1, x2) = if leftward { (company.x, person.x + person.width) } else { (company.x + company.width, person.x) };
    Line { x1, y1: company.middle() + shift, x2, y2: person.middle() + shift }
}

/// A label that fits in so many letters, the end told by « … ».
pub fn fitted(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlap(a: Place, b: Place) -> bool {
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    }

    #[test]
    fn whatever_the_number_of_people_nodes_are_apart_and_inside() {
        for people in [0, 1, 2, 3, 38, 39, 40, 1000] {
            let drawn = layout(people);
            assert_eq!(drawn.people.len(), people.min(MOST_PEOPLE));
            assert!(drawn.people.len() < 40, "forty nodes with the company");
            assert_eq!(drawn, layout(people), "the same picture twice");
            let nodes: Vec<Place> = drawn.people.iter().copied().chain([drawn.company]).collect();
            for (index, node) in nodes.iter().enumerate() {
                assert!(node.x >= 0 && node.y >= 0, "{people}: {node:?}");
                assert!(
                    node.x + node.width <= drawn.width && node.y + node.height <= drawn.height,
                    "{people}: {node:?}"
                );
                for other in &nodes[index + 1..] {
                    assert!(!overlap(*node, *other), "{people}: {node:?} {other:?}");
                }
            }
        }
    }

    /// The twin.
    #[test]
    fn nodes_on_top_of_each_other_are_seen() {
        let node = Place { x: 0, y: 0, width: 10, height: 10 };
        assert!(overlap(node, Place { x: 9, y: 9, ..node }));
        assert!(!overlap(node, Place { x: 10, y: 0, ..node }));
    }

    #[test]
    fn lines_to_the_same_person_are_apart_and_end_at_their_node() {
        let drawn = layout(4);
        for person in &drawn.people {
            let lines: Vec<Line> = (0..4).map(|tie| line(drawn.company, *person, tie, 4)).collect();
            for (index, one) in lines.iter().enumerate() {
                assert!(one.y2 >= person.y && one.y2 <= person.y + person.height, "{one:?} {person:?}");
                assert!(one.x2 == person.x || one.x2 == person.x + person.width);
                assert!(lines[index + 1..].iter().all(|other| other.y2 != one.y2));
            }
        }
    }

    fn link(id: i64, person: i64, kind: &str) -> Link {
        Link {
            id,
            reference: Some(format!("X-{id}")),
            key: String::new(),
            kind: kind.into(),
            filed_at: None,
            person,
            number: person.to_string(),
            given_name: "Prénom".into(),
            family_name: "Nom".into(),
        }
    }

    #[test]
    fn whoever_declared_last_comes_first_and_each_kind_once() {
        let links = [link(9, 2, "a"), link(8, 1, "b"), link(7, 2, "a"), link(6, 2, "b")];
        let found = people(&links);
        let told: Vec<(i64, Vec<i64>)> =
            found.iter().map(|tied| (tied.newest.person, tied.ties.iter().map(|tie| tie.id).collect())).collect();
        assert_eq!(told, [(2, vec![9, 6]), (1, vec![8])]);
        assert!(people(&[]).is_empty());
    }

    #[test]
    fn a_label_too_long_says_so() {
        assert_eq!(fitted("Nordik", 6), "Nordik");
        assert_eq!(fitted("Nordik inc.", 8), "Nordik…");
    }
}
