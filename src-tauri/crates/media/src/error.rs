//! Why there is nothing to show of an exhibit.

/// Why there is nothing to show of an exhibit. The exhibit itself is unharmed: it is kept, verified
/// and exported whatever this says.
///
/// Nothing in it comes from the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PreviewError {
    /// The source could not be read to its end.
    #[error("the file could not be read to its end; verify it, then open it again")]
    Read(#[source] std::io::Error),
    /// There is nothing in it.
    #[error("the file is empty; there is nothing to show")]
    Empty,
    /// No decoder for this kind.
    #[error("this kind of file is not shown here; export it and open it in its own program")]
    Unsupported,
    /// More pixels, bytes or memory than is decoded here.
    #[error("the file would unpack to more than is shown here; export it to look at it elsewhere")]
    TooLarge,
    /// More nesting or drawing than any honest file needs.
    #[error("the file is more tangled than is shown here; export it to look at it elsewhere")]
    TooComplex,
    /// Not what its first bytes say it is, or cut short.
    #[error("the file is damaged or not what it says it is; it is kept as it came")]
    Damaged,
    /// A PDF under a password or with its rights restricted.
    #[error("this PDF is protected; export it and open it in a PDF program")]
    Locked,
    /// Decoding took longer than allowed and was given up.
    #[error("decoding took too long and was stopped; export the file to look at it elsewhere")]
    TimedOut,
    /// Other files are still being decoded.
    #[error("other files are still being decoded; try again in a moment")]
    Busy,
    /// The PDF has fewer pages.
    #[error("this page does not exist; the file has {pages}")]
    NoSuchPage {
        /// How many there are.
        pages: u32,
    },
    /// A box that is not inside the picture.
    #[error("a box lies outside the picture; draw it again")]
    InvalidArea,
    /// Not a letter: it has no headers.
    #[error("this file is no message; open it as text")]
    NotMail,
}

impl PreviewError {
    /// The stable name that a caller acts on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Read(_) => "read_failed",
            Self::Empty => "empty_file",
            Self::Unsupported => "no_preview",
            Self::TooLarge => "preview_too_large",
            Self::TooComplex => "preview_too_complex",
            Self::Damaged => "preview_damaged",
            Self::Locked => "preview_locked",
            Self::TimedOut => "preview_timed_out",
            Self::Busy => "preview_busy",
            Self::NoSuchPage { .. } => "no_such_page",
            Self::InvalidArea => "invalid_area",
            Self::NotMail => "not_mail",
        }
    }

    /// Whether asking again for the same file can end otherwise. A caller that makes thumbnails by
    /// itself leaves the others alone for good.
    #[must_use]
    pub const fn passes(&self) -> bool {
        matches!(self, Self::Read(_) | Self::Busy | Self::TimedOut)
    }
}
