//! Writing files: each is the old one or the complete new one, whatever happens in between.

mod atomic;
pub(crate) mod change;
mod folder;
mod parents;
mod private;
mod unfinished;

pub use atomic::{Staged, make_folder, stage, write_atomic};
pub use change::append;
pub(crate) use folder::{replace_folder, write_folder};
pub use private::create_private;
pub use unfinished::{abandon_unfinished, before_first_unfinished};
