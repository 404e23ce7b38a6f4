//! The diagnostics of reading metadata, cpanfile and cpm.yml: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

use bomtrail_version::cpan::RangeError;

/// No JSON and no YAML that Perl could read.
static UNREADABLE: Code = Code::new(
    "cpan/unreadable",
    Level::Error,
    "a file is not the JSON or YAML that CPAN's tools read; what stood before the fault is kept",
);
/// Bytes had to be replaced.
static INVALID_UTF8: Code = Code::new(
    "cpan/invalid-utf8",
    Level::Warning,
    "a file is not valid UTF-8",
);
/// A key that stands twice.
static DUPLICATE: Code = Code::new(
    "cpan/duplicate-key",
    Level::Warning,
    "a key stands twice; the last one counts, as for Perl",
);
/// A field that the specification requires.
static MISSING_FIELD: Code = Code::new(
    "cpan/missing-field",
    Level::Warning,
    "metadata lacks a field without which CPAN's own tools refuse it",
);
/// A field of the wrong type.
static WRONG_TYPE: Code = Code::new(
    "cpan/wrong-type",
    Level::Warning,
    "a field has a type that CPAN's own tools do not take; it was left out",
);
/// A specification that is not known.
static META_SPEC: Code = Code::new(
    "cpan/meta-spec",
    Level::Warning,
    "metadata names a specification that is not known; it was read like the one it resembles",
);
/// A range that is none.
static RANGE: Code = Code::new(
    "cpan/range",
    Level::Warning,
    "a version range cannot be read; it is kept as written",
);
/// A version that is none.
static VERSION: Code = Code::new(
    "cpan/version",
    Level::Warning,
    "a version is none that Perl can read; it is kept as written",
);
/// A name that no module has.
static MODULE_NAME: Code = Code::new(
    "cpan/module-name",
    Level::Warning,
    "a requirement has a name that no module can have; it was left out",
);
/// Prerequisites may change at configuration.
static DYNAMIC: Code = Code::new(
    "cpan/dynamic-config",
    Level::Note,
    "the prerequisites are settled only when the distribution is configured",
);
/// A phase of somebody's own.
static PHASE: Code = Code::new(
    "cpan/custom-phase",
    Level::Note,
    "prerequisites of a phase or relationship that the specification does not have were left out",
);
/// Code in a cpanfile.
static PARTLY: Code = Code::new(
    "cpan/partly-understood",
    Level::Warning,
    "a cpanfile holds code that only Perl can run; what stands beside it is kept",
);
/// Two ranges for one requirement.
static OTHER_RANGE: Code = Code::new(
    "cpan/other-range",
    Level::Warning,
    "a requirement is stated twice, and no version fits both",
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
        .help("what stands before is used; give the `META.json` instead if there is one")
}

pub(crate) fn no_metadata(path: &str) -> Diagnostic {
    let message = "the file holds no keys and values".to_owned();
    Diagnostic::new(&UNREADABLE, Place::file(path), message)
}

pub(crate) fn pgxn(path: &str) -> Diagnostic {
    let message =
        "the file describes an extension of PostgreSQL, no distribution of CPAN".to_owned();
    Diagnostic::new(&UNREADABLE, Place::file(path), message)
}

pub(crate) fn invalid_utf8(path: &str) -> Diagnostic {
    let message = "bytes that are no UTF-8 are written as `\\xHH`".to_owned();
    Diagnostic::new(&INVALID_UTF8, Place::file(path), message)
}

pub(crate) fn duplicate(path: &str, key: &str) -> Diagnostic {
    let message = format!("`{}` stands twice; the last one counts", shown(key));
    Diagnostic::new(&DUPLICATE, Place::file(path), message)
}

pub(crate) fn missing_field(path: &str, field: &str) -> Diagnostic {
    let message = format!("`{field}` is missing, so CPAN's own tools refuse the file");
    Diagnostic::new(&MISSING_FIELD, Place::file(path), message)
}

pub(crate) fn version(path: &str, stated: &str) -> Diagnostic {
    let message = format!("the version `{}` is none that Perl can read", shown(stated));
    Diagnostic::new(&VERSION, Place::file(path), message)
}

pub(crate) fn wrong_type(path: &str, field: &str) -> Diagnostic {
    let message = format!("`{field}` has the wrong type and was left out");
    Diagnostic::new(&WRONG_TYPE, Place::file(path), message)
}

pub(crate) fn meta_spec(path: &str, stated: &str, taken: &str) -> Diagnostic {
    let message = format!("specification `{}` is read like {taken}", shown(stated));
    Diagnostic::new(&META_SPEC, Place::file(path), message)
}

pub(crate) fn range(
    path: &str,
    line: Option<usize>,
    module: &str,
    error: &RangeError,
) -> Diagnostic {
    let message = format!(
        "the range of `{}` is none: {}",
        shown(module),
        shown(&error.to_string())
    );
    Diagnostic::new(&RANGE, place(path, line), message)
}

pub(crate) fn module_name(path: &str, line: Option<usize>, name: &str) -> Diagnostic {
    let message = format!("`{}` is no name of a module", shown(name));
    Diagnostic::new(&MODULE_NAME, place(path, line), message)
}

pub(crate) fn dynamic(path: &str) -> Diagnostic {
    let message = "configuring the distribution may change its prerequisites (`dynamic_config`)";
    Diagnostic::new(&DYNAMIC, Place::file(path), message.to_owned())
        .help("configure the distribution and give its `MYMETA.json`")
}

pub(crate) fn custom_phase(path: &str, line: Option<usize>, name: &str) -> Diagnostic {
    let message = format!(
        "`{}` is no phase or relationship of the specification",
        shown(name)
    );
    Diagnostic::new(&PHASE, place(path, line), message)
}

pub(crate) fn partly(path: &str, line: usize, code: &str) -> Diagnostic {
    let message = format!("`{}` is code that was not run", shown(code));
    Diagnostic::new(&PARTLY, Place::line(path, line, None), message)
        .help("state requirements as plain `requires` lines, or lock them in a `cpanfile.snapshot`")
}

pub(crate) fn other_range(
    path: &str,
    line: Option<usize>,
    module: &str,
    range: &str,
) -> Diagnostic {
    let message = format!(
        "`{}` is asked for before, in a range that has nothing in common with `{}`",
        shown(module),
        shown(range)
    );
    Diagnostic::new(&OTHER_RANGE, place(path, line), message)
}

/// Text of a file on one line, and not all of what is very long.
fn shown(text: &str) -> String {
    const MOST: usize = 80;
    let mut shown: String = text
        .chars()
        .take(MOST)
        .flat_map(|c| {
            let escaped = c.is_control().then(|| c.escape_default());
            let plain = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

fn place(path: &str, line: Option<usize>) -> Place {
    match line {
        Some(line) => Place::line(path, line, None),
        None => Place::file(path),
    }
}
