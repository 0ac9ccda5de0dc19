//! The whole paths, over a real vault in a temporary folder.

mod doors;
mod imports;
mod path;
mod processes;
mod silence;
