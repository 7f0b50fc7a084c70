//! better-auth's own client, the npm package, against the real binary; and its wire by hand, where no client would go.
//!
//! - `scene`: people with their applications
//! - `story`: a membership from beginning to end
//! - `organizations`, `inviting`, `roles`, `leaving`, `addresses`: each part of it, with all that is answered
//! - `members`, `filters`: lists of members, of more than a hundred, in any order, by any condition
//! - `sessions`: what each session looks at, and when that ends
//! - `errors`: what applications are told when they are refused
//! - `races`: people racing each other, and themselves
//! - `by_hand`: requests without that client
//! - `origins`: what may come with a cookie; `cors`, `trust`: pages of other origins; `browser`: such a page in Chromium
//! - `wire`, `messages`: what is looked at first, and how mistakes are told; `hostile`: what means harm

mod addresses;
mod browser;
mod by_hand;
mod cors;
mod errors;
mod filters;
mod hostile;
mod inviting;
mod leaving;
mod members;
mod messages;
mod organizations;
mod origins;
mod races;
mod roles;
mod scene;
mod sessions;
mod story;
mod trust;
mod wire;
