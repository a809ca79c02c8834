//! Who connects: authentication flows that end in a `Principal`.
