//! Key chords by name: `Tab`, `Shift+Tab`, `Control+a`.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;

use crate::browser::Browser;

impl Browser {
    /// Presses and releases a key, or several together, wherever the focus is: `Enter`, `Escape`, `Shift+Tab`, `Control+a`.
    pub async fn presses(&self, chord: &str) {
        let keys: Vec<char> = chord.split('+').map(key).collect();
        let mut actions = KeyActions::new("keyboard".to_owned());
        for &value in &keys {
            actions = actions.then(KeyAction::Down { value });
        }
        for &value in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value });
        }
        let pressed = self.client.perform_actions(actions).await;
        self.must(&format!("press {chord}"), pressed).await;
    }
}

/// As WebDriver writes it.
fn key(name: &str) -> char {
    let named = match name {
        "Tab" => Key::Tab,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Space" => Key::Space,
        "Shift" => Key::Shift,
        "Control" => Key::Control,
        "Alt" => Key::Alt,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Up" => Key::Up,
        "Down" => Key::Down,
        other => {
            let mut letters = other.chars();
            let (Some(letter), None) = (letters.next(), letters.next()) else { panic!("no key is called {other:?}") };
            return letter;
        }
    };
    named.into()
}
