use super::Lines;

#[test]
fn a_value_stays_on_its_line() {
    let mut lines = Lines::default();
    lines.add("a", "1\n2\\3\r");
    lines.add_known("b", None);
    lines.add_parts("c", &["x", "y z"]);
    lines.add_property("n\n", "=");
    assert_eq!(
        lines.finish().as_deref(),
        Some("a=1\\n2\\\\3\\r\nc=x y z\nproperty:n\\n==")
    );
}

#[test]
fn groups_are_separated_by_an_empty_line() {
    let mut lines = Lines::default();
    lines.end_group();
    lines.add("a", "1");
    lines.end_group();
    lines.add("b", "2");
    lines.end_group();
    assert_eq!(lines.finish().as_deref(), Some("a=1\n\nb=2"));
    assert_eq!(Lines::default().finish(), None);
}
