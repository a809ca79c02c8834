//! The manual, as rustdoc pages.
