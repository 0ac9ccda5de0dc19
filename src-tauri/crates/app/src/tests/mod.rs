//! The whole paths, over a real vault in a temporary folder.

mod doors;
mod evidence;
mod imports;
mod likeness;
mod media;
mod path;
mod processes;
mod silence;
