//! The whole paths, over a real vault in a temporary folder.

mod after_sale;
mod doors;
mod evidence;
mod folders;
mod formats;
mod honest;
mod imports;
mod likeness;
mod mail;
mod mailboxes;
mod mappings;
mod media;
mod merging;
mod past;
mod pasted;
mod path;
mod processes;
mod purged;
mod retention;
mod signals;
mod silence;
mod written_before;
