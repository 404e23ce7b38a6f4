//! Writing files: each is the old one or the whole new one, whatever happens in between.

mod atomic;
mod beside;
pub(crate) mod change;
mod folder;
mod private;

pub use atomic::{make_folder, write_atomic};
pub use change::append;
pub(crate) use folder::write_folder;
pub use private::create_private;
