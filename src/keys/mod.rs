//! Keys: providers of the key-encryption key, wrapped keysets, derived keys, backups.
//!
//! Absent: envelopes (seal), SQL and network (ground and jobs fetch and store wrapped keysets).
