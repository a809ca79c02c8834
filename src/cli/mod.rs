//! Arguments → settings → run; exit codes.
