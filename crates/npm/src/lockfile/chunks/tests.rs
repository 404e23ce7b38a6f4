use super::*;

const SIZE: usize = 256;

fn numbers(count: usize) -> Chunks<usize, SIZE> {
    (0..count).collect()
}

#[test]
fn every_number_has_its_item() {
    for count in [0, 1, SIZE - 1, SIZE, SIZE + 1, 3 * SIZE] {
        let mut list = numbers(count);
        assert_eq!(list.len(), count);
        assert!(list.iter().copied().eq(0..count));
        assert_eq!(list.get(count), None);
        let greatest = count.checked_sub(1);
        assert_eq!(greatest.and_then(|it| list.get(it).copied()), greatest);
        if let Some(item) = greatest.and_then(|it| list.get_mut(it)) {
            *item = 1;
            assert_eq!(list.iter().last(), Some(&1));
        }
        assert!(
            list.into_iter()
                .take(count.saturating_sub(1))
                .eq(0..count.saturating_sub(1))
        );
    }
}
