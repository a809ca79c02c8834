//! Accept, limits, drain.
