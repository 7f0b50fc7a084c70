//! The browser itself, on pages made up by these tests.
//!
//! - `script`: with and without; `keyboard`: order, chords and focus
//! - `looks`: size, colours, language, pictures; `layout`: what sticks out or is cut off
//! - `accessibility`: axe under a strict content security policy
//! - `apart`: browsers and tabs side by side, and their end; `killed`: their end when the tests are killed
//! - `site`: the server of the pages

mod accessibility;
mod apart;
mod keyboard;
mod killed;
mod layout;
mod looks;
mod script;
mod site;
