//! Calling a use case: by name for the window, by a typed function for the command line.

#[allow(clippy::wildcard_imports, reason = "the list of use cases names its types plainly")]
use crate::registry::types::*;
use crate::{ApiError, Desk, registry::with_use_cases};

/// One typed function for each use case.
macro_rules! functions {
    ($($name:literal $function:ident: $gate:ident, $area:ident::$case:ident($input:ty) -> $output:ty $([$($tag:ident),*])?;)+) => {
        impl Desk {
            $(
                #[doc = concat!("The use case `", $name, "`; see [`", stringify!($area), "`](crate::", stringify!($area), ").")]
                ///
                /// # Errors
                /// By [`code`](ApiError::code): a rule that says no, a locked vault, a failing disk.
                pub fn $function(&self, input: $input) -> Result<$output, ApiError> {
                    functions!(@$gate self, crate::$area::$case::run, input)
                        .map_err(|error| self.report($name, error))
                }
            )+
        }
    };
    (@Always $desk:ident, $run:path, $input:ident) => { $run($desk, $input) };
    (@Unlocked $desk:ident, $run:path, $input:ident) => {
        match $desk.open() {
            Err(error) if error.code == "locked" => Err(error),
            _ => $run($desk, $input),
        }
    };
    // Takes as long as a person takes, so it holds no key meanwhile.
    (@Opened $desk:ident, $run:path, $input:ident) => {
        $desk.open().map(drop).and_then(|()| $run($desk, $input))
    };
    (@Open $desk:ident, $run:path, $input:ident) => {
        $desk.open().and_then(|open| $run(&open, $input))
    };
}
with_use_cases!(functions);

impl Desk {
    /// Runs a use case by its name.
    ///
    /// # Errors
    /// What the use case answers; `unknown_use_case` and `malformed_request` for what is none.
    pub fn dispatch(
        &self,
        name: &str,
        input: serde_json::Value,
    ) -> Result<serde_json::Value, ApiError> {
        macro_rules! by_name {
            ($($name:literal $function:ident: $gate:ident, $area:ident::$case:ident($input:ty) -> $output:ty $([$($tag:ident),*])?;)+) => {{
                match name {
                    $($name => {
                        let input = serde_json::from_value::<$input>(input).map_err(|_| {
                            self.report($name, ApiError::new(
                                "malformed_input",
                                "the request has the wrong form; update the program",
                            ))
                        })?;
                        let output: $output = self.$function(input)?;
                        serde_json::to_value(output).map_err(|_| {
                            self.report($name, ApiError::new("internal", "the answer cannot be written"))
                        })
                    })+
                    _ => Err(self.report(
                        "dispatch",
                        ApiError::new("unknown_use_case", "there is no such use case; update the program"),
                    )),
                }
            }};
        }
        with_use_cases!(by_name)
    }
}
