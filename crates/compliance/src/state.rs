//! Whether a fact is present, and counts of that.

/// Whether a fact is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The fact is present.
    Present,
    /// The fact is stated to be unknown.
    Unknown,
    /// The fact is stated to be withheld.
    Withheld,
    /// The fact is absent, and nothing states why.
    Missing,
    /// The requirement does not apply to this kind of component.
    NotApplicable,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Present,
        Self::Unknown,
        Self::Withheld,
        Self::Missing,
        Self::NotApplicable,
    ];

    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Unknown => "unknown",
            Self::Withheld => "withheld",
            Self::Missing => "missing",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// How often each state was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// [`State::Present`].
    pub present: usize,
    /// [`State::Unknown`].
    pub unknown: usize,
    /// [`State::Withheld`].
    pub withheld: usize,
    /// [`State::Missing`].
    pub missing: usize,
    /// [`State::NotApplicable`].
    pub not_applicable: usize,
}

impl Counts {
    fn add(&mut self, state: State) {
        let slot = match state {
            State::Present => &mut self.present,
            State::Unknown => &mut self.unknown,
            State::Withheld => &mut self.withheld,
            State::Missing => &mut self.missing,
            State::NotApplicable => &mut self.not_applicable,
        };
        *slot += 1;
    }

    /// The counts of some states.
    pub fn of(states: impl IntoIterator<Item = State>) -> Self {
        let mut counts = Self::default();
        for state in states {
            counts.add(state);
        }
        counts
    }

    /// The number of components that the requirement applies to.
    pub fn applicable(self) -> usize {
        self.present + self.unknown + self.withheld + self.missing
    }
}
