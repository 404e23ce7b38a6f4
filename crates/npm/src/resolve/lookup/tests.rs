use super::*;

#[test]
fn numbers_are_found_by_keys_of_one_hash() {
    let keys = ["a", "b", "c"];
    let mut table = Lookup::with_room(keys.len());
    // All keys have the same hash, so that only the comparison tells them apart.
    for (key, number) in keys.iter().zip(0..) {
        let same = |it: u32| keys.get(it as usize) == Some(key);
        assert_eq!(table.insert(7, number, same), None);
    }
    assert_eq!(table.alike(7).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(table.insert(7, 9, |it| it == 1), Some(1));
    assert_eq!(table.alike(7).collect::<Vec<_>>(), [0, 9, 2]);
    assert_eq!(table.alike(7 | 1 << 40).next(), None);
}

#[test]
fn an_empty_table_has_nothing() {
    assert_eq!(Lookup::default().alike(1).next(), None);
    assert_eq!(Lookup::with_room(0).alike(1).next(), None);
}
