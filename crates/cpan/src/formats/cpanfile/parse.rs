//! The statements of a cpanfile. Blocks of `on`, `feature`, `if` and `unless` are read; any other code is reported and
//! skipped to its end. One pass, without recursion.

mod arguments;
mod code;

use bomtrail_graph::{Diagnostics, Need, Phase};

use super::token::{Kind, Token, tokens};
use crate::formats::diags;
use crate::formats::prereq::{Statement, need};
use crate::formats::requirements::{Requirements, SOURCE_OPTIONS};
use crate::package::module::is_name;
use arguments::{Arguments, Modifier};
use bomtrail_version::cpan::Range;

/// Reads the statements of a cpanfile.
pub(super) fn parse(text: &str, path: &str, diagnostics: &mut Diagnostics) -> Requirements {
    let mut parser = Parser {
        text,
        path,
        tokens: tokens(text),
        at: 0,
        frames: Vec::new(),
        ended_if: None,
        requirements: Requirements::default(),
        diagnostics,
    };
    while parser.at < parser.tokens.len() {
        parser.step();
    }
    parser.requirements
}

/// What the blocks around a statement say.
#[derive(Clone, Debug)]
struct Frame {
    /// `None` in an unknown phase.
    phase: Option<Phase>,
    feature: Option<usize>,
    condition: Option<String>,
    /// How the block ends.
    ends: Ends,
}

/// How a block ends.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ends {
    /// With its brace.
    Brace,
    /// With its brace; an `else` of this condition may follow.
    If(String),
    /// With its brace and a parenthesis.
    Parenthesis,
}

struct Parser<'a, 'd> {
    text: &'a str,
    path: &'a str,
    tokens: Vec<Token>,
    at: usize,
    frames: Vec<Frame>,
    /// The condition of the block that ended just before.
    ended_if: Option<String>,
    requirements: Requirements,
    diagnostics: &'d mut Diagnostics,
}

/// The functions of the language that state requirements, with their phase where it is fixed.
const REQUIREMENTS: [(&str, Option<Phase>, &str); 8] = [
    ("requires", None, "requires"),
    ("recommends", None, "recommends"),
    ("suggests", None, "suggests"),
    ("conflicts", None, "conflicts"),
    ("configure_requires", Some(Phase::Configure), "requires"),
    ("build_requires", Some(Phase::Build), "requires"),
    ("test_requires", Some(Phase::Test), "requires"),
    ("author_requires", Some(Phase::Develop), "requires"),
];

/// The phase, where it is fixed, and the need of a function that states a requirement.
fn requirement(word: &str) -> Option<(Option<Phase>, Need)> {
    let (_, phase, relationship) = REQUIREMENTS.iter().find(|(name, ..)| *name == word)?;
    Some((*phase, need(relationship)?))
}

/// True for every function of the language.
fn is_function(word: &str) -> bool {
    requirement(word).is_some() || matches!(word, "on" | "feature" | "mirror" | "osname")
}

impl Parser<'_, '_> {
    fn token(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    fn is_sign(&self, ahead: usize, sign: char) -> bool {
        self.token(ahead).is_some_and(|it| it.is_sign(sign))
    }

    /// The word `ahead` tokens from here; empty for any other token.
    fn word(&self, ahead: usize) -> &str {
        self.token(ahead).map_or("", |it| it.word(self.text))
    }

    fn frame(&self) -> Frame {
        self.frames.last().cloned().unwrap_or(Frame {
            phase: Some(Phase::Runtime),
            feature: None,
            condition: None,
            ends: Ends::Brace,
        })
    }

    /// Reads one statement, or the brace that starts or ends a block.
    fn step(&mut self) {
        let ended_if = self.ended_if.take();
        if self.is_sign(0, ';') {
            self.at += 1;
        } else if self.is_sign(0, '}') {
            self.close();
        } else if self.is_sign(0, '{') {
            self.at += 1;
            let frame = self.frame();
            self.open(frame, Ends::Brace);
        } else if self.is_value() {
            self.at += 1;
        } else {
            let word = self.word(0).to_owned();
            match &*word {
                "use" | "no" if self.is_harmless() => self.skip_statement(),
                "on" => self.phase_block(),
                "feature" => self.feature_block(),
                "mirror" => self.mirror(),
                "if" | "unless" => self.condition(&word, None),
                "elsif" | "else" => self.condition(&word, ended_if),
                word => match requirement(word) {
                    Some((phase, need)) => self.require(phase, need),
                    None => self.code(),
                },
            }
        }
    }

    /// True for a value by itself (`1;`), which does nothing.
    fn is_value(&self) -> bool {
        let value = matches!(
            self.token(0).map(|it| &it.kind),
            Some(Kind::Number(_) | Kind::Text(_))
        );
        value && (self.is_sign(1, ';') || self.token(1).is_none())
    }

    /// True for a pragma that does not change how requirements are read.
    fn is_harmless(&self) -> bool {
        let number = matches!(self.token(1).map(|it| &it.kind), Some(Kind::Number(_)));
        number || matches!(self.word(1), "strict" | "warnings" | "utf8" | "feature")
    }

    fn open(&mut self, frame: Frame, ends: Ends) {
        self.frames.push(Frame { ends, ..frame });
    }

    fn close(&mut self) {
        self.at += 1;
        match self.frames.pop().map(|it| it.ends) {
            Some(Ends::If(condition)) => self.ended_if = Some(condition),
            Some(Ends::Parenthesis) if self.is_sign(0, ')') => self.at += 1,
            Some(Ends::Brace | Ends::Parenthesis) | None => {}
        }
    }

    /// `on PHASE => sub { … }`.
    fn phase_block(&mut self) {
        let start = self.at;
        let arguments = self.arguments();
        let Some((name, ends)) = arguments.text(0).zip(arguments.block.clone()) else {
            return self.report(start);
        };
        let phase = Phase::from_name(name);
        if phase.is_none() {
            let line = self.tokens.get(start).map(|it| it.line);
            self.diagnostics
                .push(diags::custom_phase(self.path, line, name));
        }
        let frame = Frame {
            phase,
            ..self.frame()
        };
        self.open(frame, ends);
    }

    /// `feature NAME, DESCRIPTION => sub { … }`.
    fn feature_block(&mut self) {
        let start = self.at;
        let arguments = self.arguments();
        let Some((name, ends)) = arguments.text(0).zip(arguments.block.clone()) else {
            return self.report(start);
        };
        let description = arguments.text(1).map(str::to_owned);
        let feature = Some(self.requirements.feature(name, description));
        let frame = Frame {
            feature,
            ..self.frame()
        };
        self.open(frame, ends);
    }

    fn mirror(&mut self) {
        let start = self.at;
        let arguments = self.arguments();
        match arguments.text(0) {
            Some(url) => self.requirements.mirrors.push(url.to_owned()),
            None => self.report(start),
        }
    }

    /// `if (…) { … }` and `elsif` or `else` after it.
    fn condition(&mut self, word: &str, before: Option<String>) {
        let start = self.at;
        self.at += 1;
        let stated = (word != "else").then(|| self.parenthesised());
        let stated = stated.flatten();
        let fits = stated.is_some() == (word != "else") && self.is_sign(0, '{');
        if !fits || (before.is_none() && word.starts_with("els")) {
            self.at = start;
            return self.code();
        }
        self.at += 1;
        let stated = match (word, stated) {
            ("unless", Some(text)) => ["unless ", &text].concat(),
            (_, Some(text)) => text,
            (_, None) => ["unless ", &before.unwrap_or_default()].concat(),
        };
        let mut frame = self.frame();
        frame.condition = both(frame.condition, Some(stated.clone()));
        self.open(frame, Ends::If(stated));
    }

    /// `requires MODULE, RANGE, OPTION => VALUE…`.
    fn require(&mut self, phase: Option<Phase>, need: Need) {
        let start = self.at;
        let arguments = self.arguments();
        let frame = self.frame();
        let Some(module) = arguments.text(0).filter(|it| is_name(it)) else {
            return self.report(start);
        };
        let condition = match &arguments.modifier {
            Modifier::None => None,
            Modifier::Condition(text) => Some(text.clone()),
            Modifier::Loop => return self.report(start),
        };
        let line = self.tokens.get(start).map(|it| it.line);
        let range = self.range(module, &arguments, start);
        let Some(phase) = phase.or(frame.phase) else {
            return;
        };
        let condition = both(frame.condition, condition);
        let replaced = self.requirements.of(frame.feature).set(Statement {
            phase,
            need,
            module,
            range,
            condition: condition.as_deref(),
        });
        if replaced {
            self.diagnostics
                .push(diags::repeated(self.path, line, module));
        }
        self.options(module, &arguments, line);
    }

    /// The range of a requirement: invalid text as written, and any version for a value that only Perl knows.
    fn range(
        &mut self,
        module: &str,
        arguments: &Arguments,
        start: usize,
    ) -> Result<Range, String> {
        let line = self.tokens.get(start).map(|it| it.line);
        let stated = arguments.version();
        let text = stated.map_or(Some(""), arguments::Value::text);
        if text.is_none() {
            self.report(start);
        }
        let text = text.unwrap_or_default();
        Range::parse(text).map_err(|error| {
            self.diagnostics
                .push(diags::range(self.path, line, module, &error));
            text.to_owned()
        })
    }

    /// Keeps the options that say where a module comes from, and reports those that have no effect.
    fn options(&mut self, module: &str, arguments: &Arguments, line: Option<usize>) {
        let mut sources = Vec::new();
        for (name, value) in arguments.options() {
            if SOURCE_OPTIONS.contains(&name) {
                sources.push((name.to_owned(), value.to_owned()));
            } else {
                let unused = diags::no_effect(self.path, line, module, (name, value));
                self.diagnostics.push(unused);
            }
        }
        self.requirements.source(module, sources);
    }
}

/// Two conditions as one.
fn both(outer: Option<String>, inner: Option<String>) -> Option<String> {
    match (outer, inner) {
        (Some(outer), Some(inner)) => Some([&outer, " && ", &inner].map(|it: &str| it).concat()),
        (outer, inner) => outer.or(inner),
    }
}
