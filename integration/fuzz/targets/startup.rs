//! The first packet, and what SCRAM says first.

use sealwire::wire::{self, Startup};

/// Read at every cut alike; a session's parameters written again are the same bytes.
pub fn run(data: &[u8]) {
    let whole = wire::startup(data);
    if let Ok(Some((startup, length))) = &whole {
        assert!(*length <= data.len() && *length <= wire::MAX_STARTUP);
        if let Startup::Session {
            version,
            parameters,
        } = startup
        {
            let mut again = Vec::new();
            again.extend_from_slice(&u32::try_from(*length).unwrap().to_be_bytes());
            again.extend_from_slice(&version.to_be_bytes());
            for text in parameters.iter().flat_map(|(name, value)| [name, value]) {
                again.extend_from_slice(text.as_bytes());
                again.push(0);
            }
            again.push(0);
            assert_eq!(again, data[..*length], "written again");
            for (name, _) in parameters {
                assert!(startup.parameter(name).is_some());
            }
        }
    }
    let step = 1 + data.len() / 256;
    for cut in (0..data.len()).step_by(step) {
        match wire::startup(&data[..cut]) {
            Ok(None) => {}
            part => assert_eq!(part, whole, "cut at {cut}"),
        }
    }
}
