//! What a command has to say, for programs and for people.

use serde::Serialize;
use serde_json::Value;

/// What a command has to say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    /// For programs: one object.
    pub(crate) json: Value,
    /// For people; ends with a line end unless it is empty.
    pub(crate) text: String,
    /// Whether all went well. A check that found something, or a file of several that could not be
    /// read, has an answer and yet fails.
    pub(crate) ok: bool,
}

impl Answer {
    /// An answer of a command that did what was asked.
    pub(crate) fn new(json: Value, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        Self { json, text, ok: true }
    }

    /// The same, with an exit status that says whether all is well.
    pub(crate) fn ok_if(mut self, ok: bool) -> Self {
        self.ok = ok;
        self
    }
}

/// The JSON of a value that always has one.
pub(crate) fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or(Value::Null)
}
