//! How long things take beside a plain server, in one run on one machine. What a run prints is kept in
//! `integration/reports`; every run, however small, also compares the answers.

mod matching;
