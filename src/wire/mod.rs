//! Frames and control messages. The only door to pgwire.
