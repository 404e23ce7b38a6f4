use super::*;

#[test]
fn file_names_are_safe_and_unlike_on_every_system() {
    let mut taken = BTreeSet::new();
    let mut name = |member: &str| free_name(member, &mut taken);
    assert_eq!(name("@scope/name"), "scope-name");
    assert_eq!(name("Scope-Name"), "Scope-Name-2");
    assert_eq!(name("../../etc/passwd"), "etc-passwd");
    assert_eq!(name("con"), "workspace-con");
    assert_eq!(name("NUL.x"), "workspace-NUL.x");
    assert_eq!(name(".."), "workspace-");
    assert_eq!(name("\u{1b}/ü"), "workspace--2");
    assert_eq!(name("a.b_c"), "a.b_c");
}
