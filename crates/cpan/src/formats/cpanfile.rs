//! `cpanfile` 1.0: the statements of its language that can be read without running Perl. Any other code is reported with its
//! line and left out; the statements around it are kept. Conditions are not evaluated but kept as text.

mod parse;
mod token;
mod words;

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Files, Fragment, Input, PackageManager, Reader,
};

use super::manager::CARTON;
use super::meta::{self, file_name};
use super::requirements::Requirements;
use super::{diags, project, text};

/// Reads `cpanfile`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cpanfile;

impl Reader for Cpanfile {
    fn name(&self) -> &'static str {
        "cpan/cpanfile"
    }

    /// True for `cpanfile` and for the names that projects with several of them use: `cpanfile.web`, `web.cpanfile`.
    fn claims(&self, path: &str) -> bool {
        let name = file_name(path);
        let several = name.starts_with("cpanfile.") || name.ends_with(".cpanfile");
        name == "cpanfile" || (several && !name.ends_with(".snapshot"))
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&CARTON)
    }

    fn is_manifest(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        fragment(&read(input, diagnostics), input)
    }
}

/// Reads the statements of a cpanfile.
pub(crate) fn read(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Requirements {
    let (text, invalid) = text::decode(input.bytes);
    if invalid {
        diagnostics.push(diags::invalid_utf8(input.path));
    }
    parse::parse(&text, input.path, diagnostics)
}

/// The project with its requirements. Metadata next to the file says which distribution it is.
pub(crate) fn fragment(requirements: &Requirements, input: &Input<'_>) -> Fragment {
    let mut fragment = Fragment::default().with(|it| {
        it.path = input.path.into();
    });
    let mut component = root(input.path, input.files);
    if requirements.partial {
        component.dependencies = Completeness::Incomplete;
    }
    if let Some(root) = fragment.add(component) {
        fragment.roots.push(root);
        requirements.add_to(root, &mut fragment);
    }
    fragment
}

/// The project: the distribution that metadata next to the file describes, or else its folder.
fn root(path: &str, files: &dyn Files) -> Component {
    let base = path.strip_suffix(file_name(path)).unwrap_or_default();
    let Some(mut component) = meta::next_to(base, files) else {
        return project::of_folder(files);
    };
    // Installers follow the cpanfile, even where configuring the distribution would add prerequisites.
    component.dependencies = Completeness::Complete;
    component
}

#[cfg(test)]
mod tests;
