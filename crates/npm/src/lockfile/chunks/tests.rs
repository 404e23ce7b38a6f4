use super::*;

const SIZE: usize = 256;

fn numbers(count: usize) -> Chunks<usize, SIZE> {
    (0..count).collect()
}

#[test]
fn every_number_has_its_item() {
    for count in [0, 1, SIZE - 1, SIZE, SIZE + 1, 3 * SIZE] {
        let list = numbers(count);
        assert_eq!(list.len(), count);
        assert!(list.iter().copied().eq(0..count));
        assert_eq!(list.get(count), None);
        let greatest = count.checked_sub(1);
        assert_eq!(greatest.and_then(|it| list.get(it).copied()), greatest);
        assert!(list.map(|it| it + 1).into_iter().eq(1..=count));
        assert!(
            Chunks::<_, SIZE>::from((0..count).collect::<Vec<_>>())
                .into_iter()
                .eq(0..count)
        );
    }
}

#[test]
fn numbers_count_through_after_items_are_dropped() {
    let mut list = numbers(2 * SIZE);
    list.retain_mut(|it| *it % 3 == 0);
    assert_eq!(list.len(), (2 * SIZE).div_ceil(3));
    let at = SIZE / 2;
    assert_eq!(list.get(at), Some(&(3 * at)));
    *list.get_mut(at).unwrap() = 1;
    assert_eq!(list.iter_mut().nth(at), Some(&mut 1));
}
