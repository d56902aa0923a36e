//! What a process knows must not be written to a disk when it falls: an image of its memory holds opened advice and keys.

/// Asks the system to write no image of the memory of this process, whatever the limits it was started under, and to let
/// only root look into it while it runs (setrlimit(2), prctl(2)). Elsewhere than on Linux it is for the operator to see to it.
pub fn keep_off_disk() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

        let none = Rlimit { current: Some(0), maximum: Some(0) };
        if let Err(error) = setrlimit(Resource::Core, none) {
            tracing::warn!(%error, "images of memory are not forbidden");
        }
        if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
            tracing::warn!(%error, "images of memory are not forbidden");
        }
    }
}

/// Would the system write one?
pub fn may_reach_disk() -> bool {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

        getrlimit(Resource::Core).maximum != Some(0)
            || !matches!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable))
    }
    #[cfg(not(target_os = "linux"))]
    true
}
