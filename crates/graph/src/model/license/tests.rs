use super::License;

fn sorted(text: &str) -> String {
    format!("{:?}", License::declared(text))
}

#[test]
fn identifiers_expressions_and_names_are_told_apart() {
    assert_eq!(sorted("MIT"), r#"Some(Id("MIT"))"#);
    assert_eq!(sorted(" mit "), r#"Some(Id("MIT"))"#);
    assert_eq!(sorted("GPL-2.0"), r#"Some(Id("GPL-2.0"))"#);
    assert_eq!(sorted("GPL-2.0+"), r#"Some(Id("GPL-2.0+"))"#);
    assert_eq!(sorted("Apache-2.0+"), r#"Some(Expression("Apache-2.0+"))"#);
    assert_eq!(
        sorted("(MIT OR Apache-2.0)"),
        r#"Some(Expression("(MIT OR Apache-2.0)"))"#
    );
    assert_eq!(
        sorted("GPL-2.0 WITH Classpath-exception-2.0"),
        r#"Some(Expression("GPL-2.0 WITH Classpath-exception-2.0"))"#
    );
    assert_eq!(sorted("Apache 2.0"), r#"Some(Named("Apache 2.0"))"#);
    assert_eq!(
        sorted("SEE LICENSE IN LICENSE.md"),
        r#"Some(Named("SEE LICENSE IN LICENSE.md"))"#
    );
    assert_eq!(sorted("UNLICENSED"), r#"Some(Named("UNLICENSED"))"#);
    assert_eq!(sorted("MIT/X11"), r#"Some(Named("MIT/X11"))"#);
    assert_eq!(sorted(" "), "None");
}
