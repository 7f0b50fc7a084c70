//! The pages, as they are asked for and answered: plain HTTP with cookies by hand, no browser that would be kinder.
//!
//! - `reader`: somebody at the pages; `stream`: what an open page is told
//! - `cookies`, `redirects`, `other_sites`, `headers`: what keeps pages and people safe
//! - `leaving`, `former`, `owners`: after leaving, places that are no longer theirs, and the owner who can't leave
//! - `names`, `languages`, `forms`: what is shown, to whom, and after a mistake
//! - `live`, `departed`: what open pages are told, and who is told nothing more
//! - `history`: looking back, and who may
//! - `size`: how much, how fast

mod cookies;
mod departed;
mod former;
mod forms;
mod headers;
mod history;
mod languages;
mod leaving;
mod live;
mod names;
mod other_sites;
mod owners;
mod reader;
mod redirects;
mod size;
mod stream;
mod twice;
