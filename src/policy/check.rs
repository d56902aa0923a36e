//! Reads the expression of a rule before any declaration meets it: names that exist, values that can be compared, words
//! that a field offers, thresholds that can be reached, answers that may be missing, and a cost that is bounded. CEL
//! itself would only say so on the day a declaration makes it fail.

use std::collections::{BTreeMap, BTreeSet};

use cel::common::ast::operators as op;
use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue, SelectExpr};

use super::facts::{self, Fact};
use super::shape::{Nature, Shape};
use crate::declarations::kind::Kind;
use crate::text::nearest;

/// Most parts of an expression: what one rule costs is bounded, since nothing loops but over a list of an answer.
pub const MOST_PARTS: usize = 300;

/// What is wrong with a part of an expression: a Fluent key and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl Wrong {
    pub fn new(key: &'static str, args: &[(&'static str, &str)]) -> Self {
        Self { key, args: args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect() }
    }
}

/// The names that an expression uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used {
    pub facts: BTreeSet<String>,
    pub answers: BTreeSet<String>,
    pub limits: BTreeSet<String>,
}

/// What is known of an expression: the names it uses, and what is wrong with it, by part.
#[derive(Debug, Default)]
pub struct Checked {
    pub used: Used,
    pub wrong: Vec<(u64, Wrong)>,
}

/// Looks at the expression of a rule about some kinds.
pub fn expression(root: &IdedExpr, kinds: &[&Kind], limits: &BTreeMap<String, i64>) -> Checked {
    let mut reader =
        Reader { kinds, limits, facts: facts::all(), parts: 0, loops: Vec::new(), done: Checked::default() };
    let shape = reader.shape(root, &Known::default());
    reader.needs_yes_no(root, &shape);
    if reader.parts > MOST_PARTS {
        reader.say(root.id, Wrong::new("rule-too-long", &[("most", &MOST_PARTS.to_string())]));
    }
    reader.done
}

/// The answers known to be given where a part is read: what stands before it said so.
type Known = BTreeSet<String>;

struct Reader<'c> {
    kinds: &'c [&'c Kind],
    limits: &'c BTreeMap<String, i64>,
    facts: Vec<Fact>,
    parts: usize,
    /// Names that stand for the items of lists.
    loops: Vec<String>,
    done: Checked,
}

impl Reader<'_> {
    fn say(&mut self, id: u64, wrong: Wrong) {
        self.done.wrong.push((id, wrong));
    }

    fn shape(&mut self, expr: &IdedExpr, known: &Known) -> Shape {
        self.parts += 1;
        match &expr.expr {
            Expr::Literal(literal) => self.literal(expr.id, literal),
            Expr::Ident(name) => self.name(expr.id, name),
            Expr::Select(select) => self.select(expr.id, select, known),
            Expr::Call(call) => self.call(expr.id, call, known),
            Expr::Comprehension(each) => self.each(expr.id, each, known),
            Expr::List(list) => {
                for item in &list.elements {
                    self.shape(item, known);
                }
                Shape::list()
            }
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {
                self.say(expr.id, Wrong::new("rule-part", &[]));
                Shape::any()
            }
        }
    }

    fn literal(&mut self, id: u64, literal: &LiteralValue) -> Shape {
        match literal {
            LiteralValue::Boolean(_) => Shape::yes_no(),
            LiteralValue::Int(number) => Shape::exactly(*number.inner()),
            LiteralValue::Null => Shape::nothing(),
            LiteralValue::String(text) => Shape::word(text.inner()),
            LiteralValue::Bytes(_) | LiteralValue::Double(_) | LiteralValue::UInt(_) => {
                self.say(id, Wrong::new("rule-literal", &[]));
                Shape::any()
            }
        }
    }

    fn name(&mut self, id: u64, name: &str) -> Shape {
        if self.loops.iter().any(|local| local == name) {
            return Shape::any();
        }
        if let Some(fact) = self.facts.iter().find(|fact| fact.name == name) {
            self.done.used.facts.insert(name.to_owned());
            return self.narrowed(name, fact.shape.clone());
        }
        let names: Vec<&str> = self.facts.iter().map(|fact| fact.name).collect();
        self.unknown(id, "rule-unknown-fact", name, &names.clone());
        Shape::any()
    }

    /// A fact that the kinds fill from a field is worth what the field offers.
    fn narrowed(&self, name: &str, shape: Shape) -> Shape {
        use crate::declarations::kind::Fact as Column;
        let column = match name {
            "purpose" => Column::Purpose,
            "category" => Column::Category,
            "kind" => {
                let words = Some(self.kinds.iter().map(|kind| kind.id.clone()).collect());
                return Shape { words, ..shape };
            }
            _ => return shape,
        };
        let mut words = BTreeSet::from([String::new()]);
        for kind in self.kinds {
            let Some(field) = kind.field_of_fact(column) else { continue };
            if field.options.is_empty() {
                return shape;
            }
            words.extend(field.options.iter().map(|option| option.id.clone()));
        }
        Shape { words: Some(words), ..shape }
    }

    fn select(&mut self, id: u64, select: &SelectExpr, known: &Known) -> Shape {
        if select.test {
            self.shape(&select.operand, known);
            return Shape::yes_no();
        }
        match &select.operand.expr {
            Expr::Ident(name) if name == "limits" => {
                self.done.used.limits.insert(select.field.clone());
                if let Some(limit) = self.limits.get(&select.field) {
                    return Shape::exactly(*limit);
                }
                let names: Vec<&str> = self.limits.keys().map(String::as_str).collect();
                self.unknown(id, "rule-unknown-limit", &select.field, &names);
                Shape::any()
            }
            Expr::Ident(name) if name == "answers" => {
                self.done.used.answers.insert(select.field.clone());
                let shape = self.answer(id, &select.field);
                if known.contains(&select.field) { shape.answered() } else { shape }
            }
            _ => {
                let whole = self.shape(&select.operand, known);
                if whole.can_be(Nature::Nothing) && whole != Shape::any() {
                    self.may_be_missing(&select.operand);
                }
                Shape::any()
            }
        }
    }

    /// The answer to a field, in whichever of the kinds has it.
    fn answer(&mut self, id: u64, field: &str) -> Shape {
        let mut shape: Option<Shape> = None;
        for found in self.kinds.iter().filter_map(|kind| kind.field(field)) {
            let this = Shape::of_field(found);
            shape = Some(match shape {
                Some(shape) => shape.or(&this),
                None => this,
            });
        }
        if let Some(shape) = shape {
            return shape;
        }
        let kinds = self.kinds;
        let names: Vec<&str> = kinds.iter().flat_map(|kind| kind.fields()).map(|field| field.id.as_str()).collect();
        self.unknown(id, "rule-unknown-answer", field, &names);
        Shape::any()
    }

    fn unknown(&mut self, id: u64, key: &'static str, name: &str, names: &[&str]) {
        let near = nearest(name, names).unwrap_or("none");
        self.say(id, Wrong::new(key, &[("name", name), ("near", near)]));
    }

    fn may_be_missing(&mut self, expr: &IdedExpr) {
        let name = path(expr).map_or_else(String::new, |name| format!("answers.{name}"));
        self.say(expr.id, Wrong::new("rule-may-be-missing", &[("name", &name)]));
    }

    fn needs_yes_no(&mut self, expr: &IdedExpr, shape: &Shape) {
        if shape.is_only(Nature::YesNo) || *shape == Shape::any() {
        } else if shape.can_be(Nature::YesNo) {
            self.may_be_missing(expr);
        } else {
            self.say(expr.id, Wrong::new("rule-not-yes-no", &[]));
        }
    }

    fn needs(&mut self, expr: &IdedExpr, shape: &Shape, natures: &[Nature], key: &'static str) {
        if *shape == Shape::any() {
        } else if shape.can_be(Nature::Nothing) && natures.iter().any(|nature| shape.can_be(*nature)) {
            self.may_be_missing(expr);
        } else if !shape.natures.iter().all(|nature| natures.contains(nature)) {
            self.say(expr.id, Wrong::new(key, &[]));
        }
    }

    fn call(&mut self, id: u64, call: &CallExpr, known: &Known) -> Shape {
        match (call.func_name.as_str(), call.target.as_deref(), call.args.as_slice()) {
            (op::LOGICAL_AND, None, [left, right]) => self.both(left, right, known, true),
            (op::LOGICAL_OR, None, [left, right]) => self.both(left, right, known, false),
            (op::LOGICAL_NOT, None, [one]) => {
                let shape = self.shape(one, known);
                self.needs_yes_no(one, &shape);
                Shape::yes_no()
            }
            (op::CONDITIONAL, None, [test, yes, no]) => {
                let shape = self.shape(test, known);
                self.needs_yes_no(test, &shape);
                let yes = self.shape(yes, &with(known, learned(test, true)));
                yes.or(&self.shape(no, &with(known, learned(test, false))))
            }
            (op::EQUALS | op::NOT_EQUALS, None, [left, right]) => {
                let (one, other) = (self.shape(left, known), self.shape(right, known));
                self.equal(id, &one, &other);
                Shape::yes_no()
            }
            (compared @ (op::LESS | op::LESS_EQUALS | op::GREATER | op::GREATER_EQUALS), None, [left, right]) => {
                let (one, other) = (self.shape(left, known), self.shape(right, known));
                for (part, shape) in [(left, &one), (right, &other)] {
                    self.needs(part, shape, &[Nature::Number], "rule-not-number");
                }
                self.order(id, compared, one.range, other.range);
                Shape::yes_no()
            }
            (op::IN, None, [item, list]) => {
                let (item, whole) = (self.shape(item, known), self.shape(list, known));
                self.needs(list, &whole, &[Nature::List], "rule-not-list");
                self.words(id, &item, &whole);
                Shape::yes_no()
            }
            ("size", None, [one]) | ("size", Some(one), []) => {
                let shape = self.shape(one, known);
                self.needs(one, &shape, &[Nature::List, Nature::Text], "rule-not-list");
                Shape::at_least(0)
            }
            ("contains" | "startsWith" | "endsWith", Some(one), [other]) => {
                for part in [one, other] {
                    let shape = self.shape(part, known);
                    self.needs(part, &shape, &[Nature::Text], "rule-not-text");
                }
                Shape::yes_no()
            }
            (op::NEGATE, None, [one]) => {
                let shape = self.shape(one, known);
                self.needs(one, &shape, &[Nature::Number], "rule-not-number");
                match shape.range {
                    Some((least, greatest)) => Shape::between(greatest.saturating_neg(), least.saturating_neg()),
                    None => Shape::number(),
                }
            }
            (reckoned @ (op::ADD | op::SUBSTRACT | op::MULTIPLY | op::DIVIDE | op::MODULO), None, [left, right]) => {
                self.reckon(id, reckoned, left, right, known)
            }
            (name, _, _) => {
                self.say(id, Wrong::new("rule-unknown-function", &[("name", name)]));
                Shape::any()
            }
        }
    }

    /// `&&` (`all`) and `||`: what the left says is known on the right.
    fn both(&mut self, left: &IdedExpr, right: &IdedExpr, known: &Known, all: bool) -> Shape {
        let one = self.shape(left, known);
        self.needs_yes_no(left, &one);
        let other = self.shape(right, &with(known, learned(left, all)));
        self.needs_yes_no(right, &other);
        Shape::yes_no()
    }

    fn equal(&mut self, id: u64, one: &Shape, other: &Shape) {
        if !one.meets(other) {
            self.say(id, Wrong::new("rule-never-equal", &[]));
            return;
        }
        self.words(id, one, other);
        if let (Some(one), Some(other)) = (one.range, other.range)
            && (one.1 < other.0 || other.1 < one.0)
        {
            self.say(id, Wrong::new("rule-never", &[]));
        }
    }

    /// A word compared with what can never be it.
    fn words(&mut self, id: u64, one: &Shape, other: &Shape) {
        let (Some(few), Some(many)) = (&one.words, &other.words) else { return };
        let (few, many) = if few.len() <= many.len() { (few, many) } else { (many, few) };
        if few.is_disjoint(many) {
            let word = few.first().map_or("", String::as_str);
            let offered: Vec<&str> = many.iter().map(String::as_str).collect();
            self.unknown(id, "rule-unknown-word", word, &offered);
        }
    }

    /// A comparison that no declaration can change.
    fn order(&mut self, id: u64, compared: &str, one: Option<(i64, i64)>, other: Option<(i64, i64)>) {
        let (Some(one), Some(other)) = (one, other) else { return };
        let (small, large, or_equal) = match compared {
            op::LESS => (one, other, false),
            op::LESS_EQUALS => (one, other, true),
            op::GREATER => (other, one, false),
            _ => (other, one, true),
        };
        let always = if or_equal { small.1 <= large.0 } else { small.1 < large.0 };
        let never = if or_equal { small.0 > large.1 } else { small.0 >= large.1 };
        if always {
            self.say(id, Wrong::new("rule-always", &[]));
        } else if never {
            self.say(id, Wrong::new("rule-never", &[]));
        }
    }

    fn reckon(&mut self, id: u64, sign: &str, left: &IdedExpr, right: &IdedExpr, known: &Known) -> Shape {
        let (one, other) = (self.shape(left, known), self.shape(right, known));
        if sign == op::ADD && !self.loops.is_empty() {
            return Shape::any();
        }
        for (part, shape) in [(left, &one), (right, &other)] {
            self.needs(part, shape, &[Nature::Number], "rule-not-number");
        }
        let (Some((a, b)), Some((c, d))) = (one.range, other.range) else { return Shape::number() };
        match sign {
            op::ADD => Shape::between(a.saturating_add(c), b.saturating_add(d)),
            op::SUBSTRACT => Shape::between(a.saturating_sub(d), b.saturating_sub(c)),
            op::MULTIPLY if a >= 0 && c >= 0 => Shape::between(a.saturating_mul(c), b.saturating_mul(d)),
            op::DIVIDE | op::MODULO if (c, d) == (0, 0) => {
                self.say(id, Wrong::new("rule-by-zero", &[]));
                Shape::any()
            }
            _ => Shape::number(),
        }
    }

    /// `exists`, `all`, `filter`…: over one list, never within another.
    fn each(&mut self, id: u64, each: &ComprehensionExpr, known: &Known) -> Shape {
        let list = self.shape(&each.iter_range, known);
        self.needs(&each.iter_range, &list, &[Nature::List], "rule-not-list");
        if !self.loops.is_empty() {
            self.say(id, Wrong::new("rule-nested", &[]));
            return Shape::any();
        }
        self.loops = [&each.iter_var, &each.accu_var].into_iter().chain(&each.iter_var2).cloned().collect();
        self.shape(&each.loop_step, known);
        self.loops.clear();
        match &each.accu_init.expr {
            Expr::List(_) => Shape::list(),
            _ => Shape::yes_no(),
        }
    }
}

fn with(known: &Known, more: Known) -> Known {
    known.union(&more).cloned().collect()
}

/// `answers.x` as `x`.
fn path(expr: &IdedExpr) -> Option<&str> {
    let Expr::Select(select) = &expr.expr else { return None };
    match &select.operand.expr {
        Expr::Ident(name) if name == "answers" && !select.test => Some(&select.field),
        _ => None,
    }
}

/// The answers that must have been given when an expression is true, or when it is not.
fn learned(expr: &IdedExpr, truth: bool) -> Known {
    let Expr::Call(call) = &expr.expr else { return Known::new() };
    let is_null = |expr: &IdedExpr| matches!(expr.expr, Expr::Literal(LiteralValue::Null));
    let is_value = |expr: &IdedExpr| matches!(expr.expr, Expr::Literal(_)) && !is_null(expr);
    match (call.func_name.as_str(), call.args.as_slice()) {
        (op::LOGICAL_AND, [left, right]) if truth => with(&learned(left, true), learned(right, true)),
        (op::LOGICAL_OR, [left, right]) if !truth => with(&learned(left, false), learned(right, false)),
        (op::LOGICAL_NOT, [one]) => learned(one, !truth),
        (op::EQUALS | op::NOT_EQUALS, [left, right]) => {
            let equal = (call.func_name == op::EQUALS) == truth;
            let named = |one: &IdedExpr, other: &IdedExpr| {
                let given = if equal { is_value(other) } else { is_null(other) };
                path(one).filter(|_| given).map(str::to_owned)
            };
            named(left, right).into_iter().chain(named(right, left)).collect()
        }
        _ => Known::new(),
    }
}
