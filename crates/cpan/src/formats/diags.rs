//! The diagnostics of reading metadata, cpanfile and cpm.yml: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};
use bomtrail_version::cpan::RangeError;

static UNREADABLE: Code = Code::new(
    "cpan/unreadable",
    Level::Error,
    "a file is not the JSON or YAML that CPAN's tools read; the part before the error is kept",
);
static INVALID_UTF8: Code = Code::new(
    "cpan/invalid-utf8",
    Level::Warning,
    "a file is not valid UTF-8",
);
static DUPLICATE: Code = Code::new(
    "cpan/duplicate-key",
    Level::Warning,
    "a key is duplicate; the last one counts, as in Perl",
);
static MISSING_FIELD: Code = Code::new(
    "cpan/missing-field",
    Level::Warning,
    "metadata lacks a field that CPAN's own tools require",
);
static WRONG_TYPE: Code = Code::new(
    "cpan/wrong-type",
    Level::Warning,
    "a field has a type that CPAN's own tools refuse; it is left out",
);
static META_SPEC: Code = Code::new(
    "cpan/meta-spec",
    Level::Warning,
    "metadata names an unknown specification; it is read as the one it resembles",
);
static RANGE: Code = Code::new(
    "cpan/range",
    Level::Warning,
    "a version range is invalid; it is kept as written",
);
static VERSION: Code = Code::new(
    "cpan/version",
    Level::Warning,
    "a version is invalid in Perl; it is kept as written",
);
static MODULE_NAME: Code = Code::new(
    "cpan/module-name",
    Level::Warning,
    "a requirement has a name that no module can have; it is left out",
);
static DYNAMIC: Code = Code::new(
    "cpan/dynamic-config",
    Level::Note,
    "the prerequisites are known only after the distribution is configured",
);
static PHASE: Code = Code::new(
    "cpan/custom-phase",
    Level::Note,
    "prerequisites of a phase or relationship outside the specification are left out",
);
static PARTLY: Code = Code::new(
    "cpan/partly-understood",
    Level::Warning,
    "a cpanfile has code that only Perl can run; the statements around it are kept",
);
static REPEATED: Code = Code::new(
    "cpan/repeated-requirement",
    Level::Warning,
    "a cpanfile requires a module more than once; only the last statement counts",
);
static NO_EFFECT: Code = Code::new(
    "cpan/no-effect",
    Level::Warning,
    "values of a requirement in a cpanfile have no effect",
);

pub(crate) fn json(path: &str, error: &serde_json::Error) -> Diagnostic {
    let place = Place::line(path, error.line(), Some(error.column()));
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or_default();
    Diagnostic::new(
        &UNREADABLE,
        place,
        format!("not readable as JSON: {reason}"),
    )
}

pub(crate) fn yaml(path: &str, line: usize, reason: &str) -> Diagnostic {
    let message = format!("{reason}, so CPAN's tools stop here");
    Diagnostic::new(&UNREADABLE, Place::line(path, line, None), message)
        .help("only the lines before are used; add the `META.json` instead if there is one")
}

pub(crate) fn no_metadata(path: &str) -> Diagnostic {
    let message = "the file has no keys and values of metadata".to_owned();
    Diagnostic::new(&UNREADABLE, Place::file(path), message)
}

pub(crate) fn pgxn(path: &str) -> Diagnostic {
    let message =
        "the file describes an extension of PostgreSQL, not a distribution of CPAN".to_owned();
    Diagnostic::new(&UNREADABLE, Place::file(path), message)
}

pub(crate) fn invalid_utf8(path: &str) -> Diagnostic {
    let message = "bytes that are not UTF-8 are written as `\\xHH`".to_owned();
    Diagnostic::new(&INVALID_UTF8, Place::file(path), message)
}

pub(crate) fn duplicate(path: &str, key: &str) -> Diagnostic {
    let message = format!("duplicate key `{}`; the last one counts", shortened(key));
    Diagnostic::new(&DUPLICATE, Place::file(path), message)
}

pub(crate) fn missing_field(path: &str, field: &str) -> Diagnostic {
    let message = format!("`{field}` is missing, so CPAN's own tools refuse the file");
    Diagnostic::new(&MISSING_FIELD, Place::file(path), message)
}

pub(crate) fn version(path: &str, stated: &str) -> Diagnostic {
    let message = format!("`{}` is not a version in Perl", shortened(stated));
    Diagnostic::new(&VERSION, Place::file(path), message)
}

pub(crate) fn wrong_type(path: &str, field: &str) -> Diagnostic {
    let message = format!("`{field}` has the wrong type and is left out");
    Diagnostic::new(&WRONG_TYPE, Place::file(path), message)
}

pub(crate) fn meta_spec(path: &str, stated: &str, used: &str) -> Diagnostic {
    let message = format!("specification `{}` is read as {used}", shortened(stated));
    Diagnostic::new(&META_SPEC, Place::file(path), message)
}

pub(crate) fn range(
    path: &str,
    line: Option<usize>,
    module: &str,
    error: &RangeError,
) -> Diagnostic {
    let message = format!(
        "the range of `{}` is invalid: {}",
        shortened(module),
        shortened(&error.to_string())
    );
    Diagnostic::new(&RANGE, place(path, line), message)
}

pub(crate) fn module_name(path: &str, line: Option<usize>, name: &str) -> Diagnostic {
    let message = format!("`{}` is not the name of a module", shortened(name));
    Diagnostic::new(&MODULE_NAME, place(path, line), message)
}

pub(crate) fn dynamic(path: &str) -> Diagnostic {
    let message = "configuring the distribution may change its prerequisites (`dynamic_config`)";
    Diagnostic::new(&DYNAMIC, Place::file(path), message.to_owned())
        .help("configure the distribution and use its `MYMETA.json`")
}

pub(crate) fn custom_phase(path: &str, line: Option<usize>, name: &str) -> Diagnostic {
    let message = format!(
        "`{}` is not a phase or relationship of the specification",
        shortened(name)
    );
    Diagnostic::new(&PHASE, place(path, line), message)
}

pub(crate) fn partly(path: &str, line: usize, code: &str) -> Diagnostic {
    let message = format!("`{}` is code, which is not run", shortened(code));
    Diagnostic::new(&PARTLY, Place::line(path, line, None), message)
        .help("state requirements as plain `requires` lines, or lock them in a `cpanfile.snapshot`")
}

pub(crate) fn repeated(path: &str, line: Option<usize>, module: &str) -> Diagnostic {
    let message = format!(
        "an earlier requirement of `{}` has no effect: the last one counts, as in `Module::CPANfile`",
        shortened(module)
    );
    Diagnostic::new(&REPEATED, place(path, line), message)
        .help("state all conditions in one range, such as `>= 1.0, < 2.0`")
}

pub(crate) fn no_effect(
    path: &str,
    line: Option<usize>,
    module: &str,
    (name, value): (&str, &str),
) -> Diagnostic {
    let message = format!(
        "`{}` and `{}` have no effect on the requirement of `{}`: they are read as the name and value of an option",
        shortened(name),
        shortened(value),
        shortened(module)
    );
    Diagnostic::new(&NO_EFFECT, place(path, line), message)
        .help("write a range as one text, such as `'>= 1.0, < 2.0'`")
}

/// Text of a file on one line, shortened if it is very long.
fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    let mut shortened: String = text
        .chars()
        .take(MOST)
        .flat_map(|c| {
            let escaped = c.is_control().then(|| c.escape_default());
            let plain = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect();
    if text.chars().nth(MOST).is_some() {
        shortened.push('…');
    }
    shortened
}

fn place(path: &str, line: Option<usize>) -> Place {
    match line {
        Some(line) => Place::line(path, line, None),
        None => Place::file(path),
    }
}
