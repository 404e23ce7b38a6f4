//! Documents to the byte.
