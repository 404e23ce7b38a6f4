//! Verifies attestations and signatures without a network, and fills the provenance side table.
