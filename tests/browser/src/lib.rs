//! A real Chromium for the end-to-end tests, driven as a person would: by what they see, click and type. Methods are sentences
//! without a subject (`ana.clicks_text("Leave organization")`) and panic with the page before them when it can't be done.
//!
//! - [`options`]: what kind of browser: language, size, colours, with or without script
//! - [`Browser`]: one browser with a profile of its own, gone when dropped
//! - [`driver`]: the chromedriver that all browsers of a test process share
//! - `devtools`: commands that WebDriver does not have; `waiting`: until something is there, or the page is told
//! - `pages`, `hands`, `eyes`: going places; clicking and typing (`keys`: chords by name); reading
//! - `cookies`: what the browser keeps
//! - [`axe`]: accessibility, as axe-core judges it; `layout`: what sticks out or is cut off; `picture`: screenshots

pub mod axe;
mod browser;
mod cookies;
mod devtools;
pub mod driver;
mod eyes;
mod hands;
mod keys;
mod layout;
pub mod options;
mod pages;
mod picture;
mod waiting;

pub use axe::Violation;
pub use browser::Browser;
pub use fantoccini::cookies::Cookie;
/// A tab, to come back to.
pub use fantoccini::wd::WindowHandle as Tab;
pub use options::{Options, Scheme};
