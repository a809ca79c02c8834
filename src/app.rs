//! The only file that knows every room: settings in, a running proxy out.
