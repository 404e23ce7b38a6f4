//! Which known word a misspelt one may stand for.

/// The longest word that is compared, in characters; each comparison costs the product of both lengths.
const LONGEST: usize = 64;

/// The known word that fewest changes (a letter added, removed, replaced or swapped with its neighbour) lead to, if that is few:
/// at most a third of the letters, and at least one.
#[must_use]
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    if letters.is_empty() || letters.len() > LONGEST {
        return None;
    }
    let most = (letters.len() / 3).max(1);
    let known = known.into_iter().filter(|it| it.len() <= 2 * LONGEST);
    let rated = known.map(|it| (distance(&letters, it), it));
    let (changes, found) = rated.min_by_key(|(changes, _)| *changes)?;
    (changes <= most).then_some(found)
}

/// The optimal string alignment distance.
fn distance(word: &[char], known: &str) -> usize {
    let known: Vec<char> = known.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=known.len()).collect();
    for (row, letter) in word.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, other) in known.iter().enumerate() {
            let at =
                |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut fewest = (at(&last, column) + usize::from(letter != other))
                .min(at(&last, column + 1) + 1)
                .min(at(&next, column) + 1);
            let swapped = row > 0
                && column > 0
                && known.get(column - 1) == Some(letter)
                && word.get(row - 1) == Some(other);
            if swapped {
                fewest = fewest.min(at(&before, column - 1) + 1);
            }
            next.push(fewest);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or(usize::MAX)
}
