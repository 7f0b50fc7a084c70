//! The pages in a real Chromium: the story as people see it, with and without script, by mouse and by keyboard.

mod accessible;
mod astray;
mod history;
mod keyboard;
mod pictures;
mod scene;
mod story;
mod together;
mod without_script;
