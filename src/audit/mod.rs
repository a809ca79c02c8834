//! The audit stream: JSON lines that cannot hold a value.
