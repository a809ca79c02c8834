//! What a session stands on: snapshot, protection and keys of one database, kept fresh.
