//! Where passphrases and recovery keys come from.

use crate::{args::Lang, failure::Failure};
use buyerwatch_app::Secret;
use std::io::BufRead as _;

/// Name of the variable that scripts may set.
const VARIABLE: &str = "BUYERWATCH_PASSPHRASE";

/// Fewer characters than this are refused outright.
pub(crate) const SHORTEST: usize = 8;

/// The ways in which a secret may come, in the order in which they are tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source {
    /// Lines of standard input.
    pub(crate) stdin: bool,
    /// Language of the prompts.
    pub(crate) lang: Lang,
}

impl Source {
    /// The passphrase of a vault that exists.
    pub(crate) fn current(self) -> Result<Secret, Failure> {
        if self.stdin {
            return line();
        }
        if let Ok(value) = std::env::var(VARIABLE)
            && !value.is_empty()
        {
            return Ok(Secret::new(value));
        }
        prompt(self.lang.pick("口令：", "Passphrase: "))
    }

    /// A passphrase for a new vault.
    pub(crate) fn first(self) -> Result<Secret, Failure> {
        let given = match std::env::var(VARIABLE) {
            Ok(value) if !self.stdin && !value.is_empty() => Secret::new(value),
            _ => return self.next(),
        };
        long_enough(given)
    }

    /// A passphrase that replaces another one; never taken from the variable, which holds that one.
    pub(crate) fn next(self) -> Result<Secret, Failure> {
        if self.stdin {
            return long_enough(line()?);
        }
        let chosen = long_enough(prompt(self.lang.pick("新口令：", "New passphrase: "))?)?;
        let again = prompt(self.lang.pick("再输一次：", "The same again: "))?;
        if chosen.reveal() == again.reveal() {
            Ok(chosen)
        } else {
            Err(Failure::new("passphrases_differ"))
        }
    }

    /// The password of a mailbox: asked for at a terminal, else a line of standard input.
    pub(crate) fn mailbox(self) -> Result<Secret, Failure> {
        use std::io::IsTerminal as _;
        if self.stdin || !std::io::stdin().is_terminal() {
            line()
        } else {
            prompt(self.lang.pick("邮箱密码或授权码：", "Password of the mailbox: "))
        }
    }

    /// The recovery key.
    pub(crate) fn recovery_key(self) -> Result<Secret, Failure> {
        if self.stdin {
            line()
        } else {
            prompt(self.lang.pick("恢复密钥：", "Recovery key: "))
        }
    }
}

fn long_enough(secret: Secret) -> Result<Secret, Failure> {
    if secret.reveal().chars().count() < SHORTEST {
        return Err(Failure::new("passphrase_too_short").with("min", SHORTEST));
    }
    Ok(secret)
}

/// One line; what follows stays for the next reader of standard input.
fn line() -> Result<Secret, Failure> {
    let mut text = String::new();
    let read = std::io::stdin()
        .lock()
        .read_line(&mut text)
        .map_err(|_| Failure::new("passphrase_needed"))?;
    if read == 0 {
        return Err(Failure::new("passphrase_needed"));
    }
    while text.ends_with(['\n', '\r']) {
        text.pop();
    }
    Ok(Secret::new(text))
}

fn prompt(text: &str) -> Result<Secret, Failure> {
    rpassword::prompt_password(text).map(Secret::new).map_err(|_| Failure::new("passphrase_needed"))
}
