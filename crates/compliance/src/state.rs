//! Whether a fact is present, and counts of that.

/// Whether a fact is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is there.
    Present,
    /// It is said that nobody knows it.
    Unknown,
    /// It is said that it is not told.
    Withheld,
    /// It is not there, and nothing says why.
    Missing,
    /// The requirement is not about this kind of component.
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

    /// How many the requirement is about.
    pub fn applicable(self) -> usize {
        self.present + self.unknown + self.withheld + self.missing
    }
}
