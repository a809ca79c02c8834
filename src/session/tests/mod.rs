//! The protocol with a scripted server: what goes up for what a client says, what comes down for what the
//! server answers. No sockets, no keys.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod broken;
mod first;
mod pipeline;
mod planned;
mod scripted;
mod sockets;
