//! The ports: what a reader, a writer and a source of files are. Formats and ecosystems live behind them.

pub(crate) mod bom;
pub(crate) mod files;
pub(crate) mod manager;
pub(crate) mod reader;
pub(crate) mod writer;
