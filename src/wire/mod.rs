//! Frames and the messages that Sealwire reads or writes itself (manual 55.7). Every length is
//! checked before it is believed; a malformed message is a [`Malformed`], never a panic.
//!
//! The codecs are our own: pgwire 0.42, which the design names, panics on malformed input, takes two messages
//! in one frame for two, and replaces bytes that are not UTF-8; all three decide about safety here.
//!
//! Absent: sockets, and what a message means. Whatever is not named here is relayed as raw bytes.

mod backend;
mod cursor;
mod frame;
mod frontend;
mod report;
mod startup;

pub use backend::{
    Authentication, Field, authentication, command_tag, described_parameters, described_row,
    parameter_status, ready_status, row_values, without_binding, write_authentication,
    write_parameters, write_row,
};
pub use cursor::{Cursor, Malformed};
pub use frame::{Head, MAX_FRAME, begin, body, finish, head, put_string, put_text};
pub use frontend::{
    Bind, Parse, Target, query_text, write_bind, write_close, write_describe, write_execute,
    write_parse, write_query,
};
pub use report::{Report, fatal, refusal};
pub use startup::{MAX_STARTUP, Startup, startup};
