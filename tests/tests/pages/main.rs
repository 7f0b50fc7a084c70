//! The pages in a real Chromium: the story as people see it, with and without script, by mouse and by keyboard.

mod accessible;
mod pictures;
mod scene;
