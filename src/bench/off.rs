//! Journal, proofs, sealing and access log switched off, to measure what they cost (`proof.rs`). Only a build with the feature
//! `unproven` can, only a demonstration is served so, and its data are good for nothing afterwards.

#[cfg(feature = "unproven")]
static OFF: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// Nothing is proved nor sealed from now on in this process.
#[cfg(feature = "unproven")]
pub fn switch_off() {
    OFF.store(true, std::sync::atomic::Ordering::Relaxed);
}

/// False in a product, at no cost.
pub fn is_off() -> bool {
    #[cfg(feature = "unproven")]
    return OFF.load(std::sync::atomic::Ordering::Relaxed);
    #[cfg(not(feature = "unproven"))]
    false
}
