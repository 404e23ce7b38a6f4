//! The arguments of a function of the language: texts, the start of a block, and the condition after them (`if …`).

use super::super::token::Kind;
use super::{Ends, Parser, is_function};

/// One argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    /// A value that only Perl knows.
    Unknown,
}

impl Value {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Unknown => None,
        }
    }
}

/// What follows the arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Modifier {
    #[default]
    None,
    /// `if …`, or `unless …` with that word.
    Condition(String),
    /// `for …` and the like.
    Loop,
}

/// The arguments of one call.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    pub(super) values: Vec<Value>,
    /// How the block of the last argument ends.
    pub(super) block: Option<Ends>,
    pub(super) modifier: Modifier,
}

impl Arguments {
    /// The text of an argument, where it is known.
    pub(super) fn text(&self, at: usize) -> Option<&str> {
        self.values.get(at).and_then(Value::text)
    }

    /// The range of a requirement: the first of an odd number of arguments after the module.
    pub(super) fn version(&self) -> Option<&Value> {
        let behind = self.values.len().saturating_sub(1);
        self.values.get(1).filter(|_| behind % 2 == 1)
    }

    /// The options of a requirement, as names and values.
    pub(super) fn options(&self) -> impl Iterator<Item = (&str, &str)> {
        let first = 1 + usize::from(self.version().is_some());
        let options = self.values.get(first..).unwrap_or_default();
        options.chunks(2).filter_map(|pair| match pair {
            [name, value] => Some((name.text()?, value.text()?)),
            _ => None,
        })
    }
}

impl Parser<'_, '_> {
    /// Reads the arguments of the function here, up to the end of the statement or the start of a block.
    pub(super) fn arguments(&mut self) -> Arguments {
        self.at += 1;
        let mut arguments = Arguments::default();
        let parenthesis = self.is_sign(0, '(');
        self.at += usize::from(parenthesis);
        while let Some(token) = self.token(0) {
            let next_is_comma = self.token(1).is_some_and(|it| it.kind == Kind::Comma);
            let word = token.word(self.text);
            match &token.kind {
                Kind::Comma => self.at += 1,
                Kind::Sign(';') => {
                    self.at += 1;
                    break;
                }
                Kind::Sign('}') => break,
                Kind::Sign(')') if parenthesis => {
                    self.at += 1;
                    self.modifier(&mut arguments);
                    break;
                }
                Kind::Word if word == "sub" && self.is_sign(1, '{') => {
                    self.at += 2;
                    let ends = if parenthesis {
                        Ends::Parenthesis
                    } else {
                        Ends::Brace
                    };
                    arguments.block = Some(ends);
                    break;
                }
                // Without a `;` before it, the result of the next call is an argument in Perl.
                Kind::Word if is_function(word) && !next_is_comma => {
                    arguments.values.push(Value::Unknown);
                    break;
                }
                Kind::Word if is_modifier(word) && !next_is_comma => {
                    self.modifier(&mut arguments);
                    break;
                }
                Kind::Sign(_)
                | Kind::Other
                | Kind::Interpolated
                | Kind::Text(_)
                | Kind::Number(_)
                | Kind::Words(_)
                | Kind::Word => {
                    self.argument(&mut arguments);
                }
            }
        }
        arguments
    }

    /// Reads one argument. Several values without a comma between them are one unknown value.
    fn argument(&mut self, arguments: &mut Arguments) {
        let Some(token) = self.token(0) else {
            return;
        };
        let mut values = match &token.kind {
            Kind::Text(text) | Kind::Number(text) => vec![Value::Text(text.clone())],
            Kind::Words(words) => words.iter().cloned().map(Value::Text).collect(),
            Kind::Word => match token.word(self.text) {
                "undef" => vec![Value::Text(String::new())],
                word => vec![Value::Text(word.to_owned())],
            },
            Kind::Interpolated | Kind::Comma | Kind::Sign(_) | Kind::Other => vec![Value::Unknown],
        };
        // A sign opens a list or a block, or is here by mistake.
        self.skip_balanced();
        if !self.ends_argument() {
            values = vec![Value::Unknown];
            while !self.ends_argument() {
                self.skip_balanced();
            }
        }
        arguments.values.append(&mut values);
    }

    fn ends_argument(&self) -> bool {
        let Some(token) = self.token(0) else {
            return true;
        };
        match &token.kind {
            Kind::Comma | Kind::Sign(';' | '}' | ')') => true,
            Kind::Word => {
                let word = token.word(self.text);
                is_modifier(word) || is_function(word)
            }
            Kind::Text(_)
            | Kind::Interpolated
            | Kind::Number(_)
            | Kind::Words(_)
            | Kind::Sign(_)
            | Kind::Other => false,
        }
    }

    /// Reads the condition after the arguments, up to the end of the statement.
    fn modifier(&mut self, arguments: &mut Arguments) {
        let word = self.word(0).to_owned();
        let start = self.token(1).map(|it| it.start);
        let mut end = start;
        if !is_modifier(&word) {
            return self.skip_statement();
        }
        self.at += 1;
        while let Some(token) = self.token(0) {
            if token.is_sign(';') || token.is_sign('}') {
                break;
            }
            self.skip_balanced();
            end = self
                .at
                .checked_sub(1)
                .and_then(|at| self.tokens.get(at))
                .map(|it| it.end);
        }
        self.at += usize::from(self.is_sign(0, ';'));
        let span = start
            .zip(end)
            .and_then(|(start, end)| self.text.get(start..end));
        let text = span.unwrap_or_default().trim().to_owned();
        arguments.modifier = match &*word {
            "if" => Modifier::Condition(text),
            "unless" => Modifier::Condition(["unless ", &text].concat()),
            _ => Modifier::Loop,
        };
    }
}

fn is_modifier(word: &str) -> bool {
    matches!(
        word,
        "if" | "unless" | "for" | "foreach" | "while" | "until"
    )
}
