//! Tests of the protocol with a scripted server.
