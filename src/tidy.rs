//! The walls: which room may use which, and which crate has which one door.
