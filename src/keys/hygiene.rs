//! What keeps keys and plaintexts of this process from reaching the disk or another process.

use rustix::mm::{MlockAllFlags, mlockall};
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, dumpable_behavior, getrlimit, set_dumpable_behavior,
    setrlimit,
};

/// What holds for this process on this host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hygiene {
    /// The limit of core dumps is zero.
    pub no_core_file: bool,
    /// The kernel neither hands a dump to a program nor lets another process of the same user look in.
    pub not_dumpable: bool,
    /// No page goes to swap.
    pub locked: Locked,
}

/// Whether memory is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locked {
    /// All of it, and all that is asked for later.
    All,
    /// The system's limit of locked memory is too low for a whole process: bytes.
    NotPermitted(u64),
    /// The system said no.
    Failed,
}

/// Switches core dumps off and locks memory where the system permits. A core dump would hold keys and plaintexts, so
/// that one step must succeed.
///
/// # Errors
/// Where core dumps cannot be switched off.
pub fn harden() -> std::io::Result<Hygiene> {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, none)?;
    // The limit does not count where the kernel pipes dumps to a program; this does.
    let _told_by_status = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let locked = lock();
    Ok(Hygiene {
        no_core_file: getrlimit(Resource::Core).current == Some(0),
        not_dumpable: matches!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable)),
        locked,
    })
}

/// Only where the limit is none at all: under a lower one an allocation of later would fail, and with it the process.
fn lock() -> Locked {
    if let Some(limit) = getrlimit(Resource::Memlock).current {
        return Locked::NotPermitted(limit);
    }
    // Pages are locked as they are touched, so that stacks and arenas that nobody uses cost nothing.
    let flags = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
    match mlockall(flags) {
        Ok(()) => Locked::All,
        Err(_) => Locked::Failed,
    }
}

impl std::fmt::Display for Hygiene {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match (self.no_core_file, self.not_dumpable) {
            (true, true) => "core dumps off, closed to other processes",
            (true, false) => "core files off, BUT the kernel may pipe a dump to a program",
            (false, _) => "CORE DUMPS ON",
        })?;
        match self.locked {
            Locked::All => f.write_str(", locked against swapping"),
            Locked::NotPermitted(limit) => write!(
                f,
                ", may be swapped (the limit of locked memory is {} KiB; `ulimit -l unlimited` or LimitMEMLOCK=infinity lifts it)",
                limit / 1024
            ),
            Locked::Failed => f.write_str(", may be swapped (the system does not lock it)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_hold_is_said() {
        let mut hygiene = Hygiene {
            no_core_file: true,
            not_dumpable: true,
            locked: Locked::All,
        };
        assert_eq!(
            hygiene.to_string(),
            "core dumps off, closed to other processes, locked against swapping"
        );
        hygiene.no_core_file = false;
        hygiene.locked = Locked::NotPermitted(8 << 20);
        let text = hygiene.to_string();
        assert!(text.starts_with("CORE DUMPS ON") && text.contains("8192 KiB"));
    }
}
