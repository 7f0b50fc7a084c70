//! People racing each other over HTTP. The unguarded way, as a control that must fail, is in `journal/tests/contract/races.rs`.
//!
//! - [`leaving`]: one member many times over; many members at once
//! - [`ownership`]: a transfer against the new owner's leave
//! - [`rivals`]: two admins, a deletion and an acceptance, fifty founders of one slug
//! - [`revocation`]: no check that starts after a leave was answered passes

mod leaving;
mod ownership;
mod revocation;
mod rivals;
