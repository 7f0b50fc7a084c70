//! People racing each other, and themselves, with better-auth's client.
//!
//! - `tabs`: two tabs of one person leave at once; as a control the same against better-auth's unguarded way
//! - `handing_over`: the owner hands acme over while the new owner leaves
//! - `looking`: some sessions look at acme while another leaves it
//! - `joining`: one person accepts two invitations at once, and each of them twice

mod handing_over;
mod joining;
mod looking;
mod tabs;
