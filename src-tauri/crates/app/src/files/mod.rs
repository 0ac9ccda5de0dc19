//! Files that people drop or pick.

pub mod pick;
pub mod pick_folder;
mod shelf;

pub(crate) use shelf::file_name;
pub use shelf::{FileHandle, FileShelf};
