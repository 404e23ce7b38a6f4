//! A cpanfile as tokens of Perl: words, texts, numbers and signs, each with its place. Comments, POD, the bodies of
//! here-documents and everything after `__END__` are skipped. Does not know statements.

use super::words::{closing, unquote};

/// The kind of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bareword: a function, a keyword, a module.
    Word,
    /// A quoted text, without its quotes.
    Text(String),
    /// A quoted text that Perl would put values of variables into.
    Interpolated,
    /// A number, as Perl prints it, or a version literal.
    Number(String),
    /// The words of `qw(…)`.
    Words(Vec<String>),
    /// `,` or `=>`.
    Comma,
    /// One of `;`, `(`, `)`, `{`, `}`, `[`, `]`.
    Sign(char),
    /// Anything else.
    Other,
}

/// A token and its place.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// From 1.
    pub(super) line: usize,
    /// In bytes.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Token {
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// The text as written.
    pub(super) fn written<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The word; empty for a token of another kind.
    pub(super) fn word<'a>(&self, text: &'a str) -> &'a str {
        if self.kind == Kind::Word {
            self.written(text)
        } else {
            ""
        }
    }
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        at: 0,
        line: 1,
        heredocs: Vec::new(),
    };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next(tokens.last()) {
        tokens.push(token);
    }
    tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    /// The ends of the here-documents that start on the next line, and whether they may be indented.
    heredocs: Vec<(String, bool)>,
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Moves forward by `length` bytes.
    fn skip(&mut self, length: usize) {
        let passed = self.rest().get(..length).unwrap_or_default();
        let lines = passed.bytes().filter(|c| *c == b'\n').count();
        self.line += lines;
        self.at += length.max(1);
    }

    /// Moves past white space, comments, POD and the bodies of here-documents.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let line_start = self.at == 0 || self.text.as_bytes().get(self.at - 1) == Some(&b'\n');
            let pod = rest.strip_prefix('=').and_then(|it| it.chars().next());
            if line_start && pod.is_some_and(char::is_alphabetic) {
                let end = rest.find("\n=cut").map_or(rest.len(), |at| at + 1);
                let tail = rest.get(end..).unwrap_or_default();
                let length = end + tail.find('\n').unwrap_or(tail.len());
                self.skip(length);
                continue;
            }
            match self.peek() {
                Some('\n') => {
                    self.skip(1);
                    self.skip_heredocs();
                }
                Some('#') => {
                    let length = rest.find('\n').unwrap_or(rest.len());
                    self.skip(length);
                }
                Some(c) if c.is_whitespace() => self.skip(c.len_utf8()),
                Some(_) | None => return,
            }
        }
    }

    fn skip_heredocs(&mut self) {
        for (end, indented) in std::mem::take(&mut self.heredocs) {
            let mut length = 0;
            for line in self.rest().split_inclusive('\n') {
                length += line.len();
                let line = line.trim_end_matches(['\n', '\r']);
                let line = if indented { line.trim_start() } else { line };
                if line == end {
                    break;
                }
            }
            if length > 0 {
                self.skip(length);
            }
        }
    }

    fn next(&mut self, before: Option<&Token>) -> Option<Token> {
        self.skip_blank();
        let first = self.peek()?;
        let (start, line) = (self.at, self.line);
        if matches!(
            self.rest().split(|c| !is_word(c)).next(),
            Some("__END__" | "__DATA__")
        ) {
            return None;
        }
        let (kind, length) = self.kind(first, before);
        self.skip(length);
        Some(Token {
            kind,
            line,
            start,
            end: self.at,
        })
    }

    fn kind(&mut self, first: char, before: Option<&Token>) -> (Kind, usize) {
        match first {
            '\'' | '"' => self.quoted(0),
            ',' => (Kind::Comma, 1),
            '=' if self.rest().starts_with("=>") => (Kind::Comma, 2),
            ';' | '(' | ')' | '{' | '}' | '[' | ']' => (Kind::Sign(first), 1),
            '$' | '@' | '%' | '&' => (Kind::Other, self.variable()),
            '<' if self.rest().starts_with("<<") => (Kind::Other, self.heredoc()),
            c if c.is_ascii_digit() => self.number(),
            c if is_word(c) => self.word(before),
            c => (Kind::Other, c.len_utf8()),
        }
    }

    /// The length of a variable with its sign, so that its name is not read as a word.
    fn variable(&self) -> usize {
        let mut chars = self.rest().char_indices().skip(1).peekable();
        match chars.peek() {
            // `$]`, `$^O`, `$0` and the like.
            Some((_, '^')) => 3.min(self.rest().len()),
            Some((_, c)) if is_word(*c) || *c == ':' => chars
                .find(|(_, c)| !is_word(*c) && *c != ':')
                .map_or(self.rest().len(), |(at, _)| at),
            Some((_, ']' | '!' | '@' | '/' | ';' | ',')) if self.rest().starts_with('$') => 2,
            Some(_) | None => 1,
        }
    }

    /// Remembers the here-document that starts here; returns the length of its mark.
    fn heredoc(&mut self) -> usize {
        let rest = self.rest().strip_prefix("<<").unwrap_or_default();
        let (indented, rest) = match rest.strip_prefix('~') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'));
        let name: String = match quote {
            Some(quote) => rest
                .chars()
                .skip(1)
                .take_while(|c| *c != quote && *c != '\n')
                .collect(),
            None => rest.chars().take_while(|c| is_word(*c)).collect(),
        };
        if name.is_empty() || (quote.is_none() && name.starts_with(|c: char| c.is_ascii_digit())) {
            return 2;
        }
        let quotes = if quote.is_some() { 2 } else { 0 };
        let length = 2 + usize::from(indented) + quotes + name.len();
        self.heredocs.push((name, indented));
        length.min(self.rest().len())
    }

    /// A number, or a version literal of several parts.
    fn number(&self) -> (Kind, usize) {
        let rest = self.rest();
        let mut end = rest.len();
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            let dot = c == '.' && next.is_some_and(|c| c.is_ascii_digit());
            if !c.is_ascii_digit() && c != '_' && !dot {
                end = at;
                break;
            }
        }
        let written = rest.get(..end).unwrap_or_default().replace('_', "");
        let dots = written.bytes().filter(|c| *c == b'.').count();
        let text = match dots {
            0 => written,
            1 => written
                .trim_end_matches('0')
                .trim_end_matches('.')
                .to_owned(),
            _ => ["v", &written].concat(),
        };
        let text = if text.is_empty() {
            "0".to_owned()
        } else {
            text
        };
        (Kind::Number(text), end)
    }

    fn word(&self, before: Option<&Token>) -> (Kind, usize) {
        let rest = self.rest();
        let mut end = 0;
        while let Some(tail) = rest.get(end..).filter(|it| !it.is_empty()) {
            if tail.starts_with(is_word) {
                end += tail.find(|c| !is_word(c)).unwrap_or(tail.len());
            } else if tail
                .strip_prefix("::")
                .is_some_and(|it| it.starts_with(is_word))
            {
                end += 2;
            } else {
                break;
            }
        }
        let word = rest.get(..end).unwrap_or_default();
        let behind = rest.get(end..).unwrap_or_default();
        let named = behind.trim_start().starts_with("=>");
        let member =
            before.is_some_and(|it| it.kind == Kind::Other && it.written(self.text) == ">");
        if matches!(word, "q" | "qq" | "qw") && !named && !member {
            return self.quoted(end);
        }
        if is_version_literal(word) {
            return self.version(end);
        }
        (Kind::Word, end)
    }

    /// `v1.2.3`, of which `v1` is the word.
    fn version(&self, end: usize) -> (Kind, usize) {
        let rest = self.rest();
        let tail = rest.get(end..).unwrap_or_default();
        let more = tail
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(tail.len());
        let text = rest
            .get(..end + more)
            .unwrap_or_default()
            .trim_end_matches('.');
        (Kind::Number(text.to_owned()), text.len())
    }

    /// A quoted text after `prefix` bytes (`q`, `qq`, `qw`); one without an end goes to the end of the file.
    fn quoted(&self, prefix: usize) -> (Kind, usize) {
        let rest = self.rest();
        let operator = rest.get(..prefix).unwrap_or_default();
        let tail = rest.get(prefix..).unwrap_or_default();
        let mark = tail.trim_start();
        let Some(open) = mark.chars().next() else {
            return (Kind::Word, prefix.max(1));
        };
        // Before a comma or the end of a statement it is a word and not a quote.
        if prefix > 0 && matches!(open, ',' | ';' | ')' | '=') {
            return (Kind::Word, prefix);
        }
        let skipped = prefix + (tail.len() - mark.len()) + open.len_utf8();
        let inner = rest.get(skipped..).unwrap_or_default();
        let (content, used) = closing(inner, open);
        let raw = content.to_owned();
        let kind = match operator {
            "qw" => Kind::Words(raw.split_whitespace().map(str::to_owned).collect()),
            "q" => Kind::Text(unquote(&raw, open)),
            "qq" => interpolated(&raw),
            _ if open == '"' => interpolated(&raw),
            _ => Kind::Text(unquote(&raw, open)),
        };
        (kind, skipped + used)
    }
}

fn is_version_literal(word: &str) -> bool {
    let digits = word.strip_prefix('v');
    digits.is_some_and(|it| !it.is_empty() && it.bytes().all(|c| c.is_ascii_digit()))
}

/// A text in double quotes, which may have variables in it.
fn interpolated(raw: &str) -> Kind {
    let mut escaped = false;
    for c in raw.chars() {
        if !escaped && matches!(c, '$' | '@') {
            return Kind::Interpolated;
        }
        escaped = c == '\\' && !escaped;
    }
    Kind::Text(super::words::unescape(raw))
}
