//! Where pnpm installs a package: `node_modules/.pnpm/<key>/node_modules/<name>`.

use bomtrail_graph::Component;

/// The longest folder name that pnpm writes; for a longer one it writes a digest, which is not looked for.
const LONGEST: usize = 120;

/// The folder of a package, relative to the project's folder; `None` where pnpm shortens its name.
pub(crate) fn folder(component: &Component) -> Option<String> {
    let name = pnpm_folder(component)?;
    Some(
        [
            "node_modules/.pnpm/",
            &name,
            "/node_modules/",
            &component.name,
        ]
        .concat(),
    )
}

/// The name of the folder in `node_modules/.pnpm` that pnpm installs a package in; `None` where pnpm shortens it.
pub fn pnpm_folder(component: &Component) -> Option<String> {
    let place = &*component.place;
    let key = place.strip_prefix('/').unwrap_or(place);
    let flat: String = key
        .chars()
        .map(|it| match it {
            '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' => '+',
            other => other,
        })
        .collect();
    let plain = flat.strip_suffix(')').unwrap_or(&flat);
    let plain = plain.replace(")(", "_").replace(['(', ')'], "_");
    let fits = plain.len() <= LONGEST && !plain.contains(char::is_uppercase);
    fits.then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_folders_without_special_characters() {
        let cases = [
            (
                "a@1.0.0",
                "a",
                Some("node_modules/.pnpm/a@1.0.0/node_modules/a"),
            ),
            (
                "/@s/a@1.0.0(b@1.0.0)(@c/d@2.0.0(e@1.0.0))",
                "@s/a",
                Some("node_modules/.pnpm/@s+a@1.0.0_b@1.0.0_@c+d@2.0.0_e@1.0.0_/node_modules/@s/a"),
            ),
            ("JSONStream@1.0.0", "JSONStream", None),
        ];
        for (place, name, expected) in cases {
            let component = Component::new(name).with(|it| it.place = place.into());
            assert_eq!(folder(&component).as_deref(), expected, "{place}");
        }
    }
}
