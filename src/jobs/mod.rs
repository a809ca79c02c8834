//! init, protect, unprotect, check against a live server.
