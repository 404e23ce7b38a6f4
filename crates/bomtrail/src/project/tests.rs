use super::*;

fn member(name: &str, place: &str) -> Component {
    Component {
        role: Role::Member,
        place: place.into(),
        ..Component::new(name)
    }
}

#[test]
fn members_of_one_name_are_told_apart_by_their_places() {
    let fragment = Fragment {
        components: vec![
            member("z", "packages/z"),
            member("same", "packages/b"),
            member("same", "packages/a"),
            Component::new("other"),
        ],
        ..Fragment::default()
    };
    let names = members(std::slice::from_ref(&fragment));
    assert_eq!(names, ["packages/a", "packages/b", "z"]);
    assert!(names.iter().all(|name| has_member(&fragment, name)));
    assert!(!has_member(&fragment, "other"));
}
