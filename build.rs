//! How the binary is linked.

use std::process::Command;

/// The first glibc whose loader reads packed relative relocations (2022).
const PACKED_RELOCATIONS: (u32, u32) = (2, 36);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // A position-independent binary names each of its own pointers in a relocation: packed, they take 5 MB less, on disk
    // and in memory. A loader that does not know them would refuse the binary, so this machine is asked first; packages
    // are made on the oldest system that they serve.
    let linux = std::env::var("TARGET").is_ok_and(|target| target.ends_with("-linux-gnu"));
    let native = std::env::var("HOST").ok() == std::env::var("TARGET").ok();
    if linux && native && glibc().is_some_and(|version| version >= PACKED_RELOCATIONS) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of the C library of this machine: `glibc 2.36`.
fn glibc() -> Option<(u32, u32)> {
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let (major, minor) = said.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
