//! `sealwire check`: what a set of rules means on a live server, and what stands against it.
