//! The check at the proxy.
//!
//! - [`nginx`]: a real one in front of an application, set up as the docs say; [`races`]: a leave among a thousand requests
//! - [`addresses`]: what strangers write in place of an address
//! - [`others`]: as Envoy and Traefik ask
//! - [`application`]: what stands behind the proxy; [`raw`]: requests that no client would send; [`scene`]: all of it

mod addresses;
mod application;
mod nginx;
mod others;
mod races;
mod raw;
mod scene;
