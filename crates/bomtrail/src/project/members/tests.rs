use bomtrail_graph::Selection;

use super::*;

fn member(name: &str, place: &str) -> Component {
    Component::new(name).with(|it| {
        it.role = Role::Member;
        it.place = place.into();
    })
}

#[test]
fn members_with_the_same_name_are_listed_by_their_places() {
    let fragment = Fragment::default().with(|it| {
        it.components = vec![
            member("z", "packages/z"),
            member("same", "packages/b"),
            member("same", "packages/a"),
            Component::new("other"),
        ];
    });
    let fragments = [fragment];
    let names = names(&fragments);
    assert_eq!(names, ["packages/a", "packages/b", "z"]);
    let asked = |names: Vec<String>| Selection {
        members: names,
        ..Selection::default()
    };
    assert_eq!(asked(names).unknown(&fragments), None);
    let with_folder = asked(vec!["./packages/z/".to_owned(), "other".to_owned()]);
    assert_eq!(with_folder.unknown(&fragments), Some("other"));
}
