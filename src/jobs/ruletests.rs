//! The rules' own tests.
