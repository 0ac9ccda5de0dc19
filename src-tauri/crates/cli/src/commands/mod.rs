//! The commands, one file for each kind of thing they act on.

mod alerts;
mod bench;
mod buyer;
mod coverage;
mod criteria;
mod demo;
mod evidence;
mod explain;
mod find;
mod folder;
mod import;
mod incident;
mod mailbox;
mod mapping;
mod messages;
mod orders;
mod people;
mod phrases;
mod record;
mod signals;
mod trust;
mod vault;
mod watch;

pub(crate) use buyer::kind_word;
pub(crate) use criteria::{countable, day};

use crate::{
    answer::Answer,
    args::{Command, Global, Lang, Retention},
    failure::Failure,
    host::Terminal,
    passphrase::Source,
    table::Table,
};
use buyerwatch_app::{
    Desk, DeskOptions, Manner, Nothing, Open,
    view::{Language, Phase},
};
use serde::de::DeserializeOwned;
use std::{path::Path, str::FromStr, sync::Arc};

/// What a command comes to.
pub(crate) type Done = Result<Answer, Failure>;

/// A data folder, its vault perhaps not open.
pub(crate) struct Place {
    /// The way to every use case.
    pub(crate) desk: Desk,
    /// What the use cases push.
    pub(crate) host: Arc<Terminal>,
    /// Language of texts.
    pub(crate) lang: Lang,
    /// Options that every command has.
    pub(crate) global: Global,
}

/// A data folder whose vault is open.
pub(crate) struct Opened {
    /// The way to every use case.
    pub(crate) desk: Desk,
    /// The open vault, for what is no use case of the window.
    pub(crate) open: Open,
    /// What the use cases push.
    pub(crate) host: Arc<Terminal>,
    /// Language of texts.
    pub(crate) lang: Lang,
    /// JSON is wanted.
    pub(crate) json: bool,
}

/// The language of texts: asked for, or as in the settings.
pub(crate) fn language(asked: Option<Lang>, desk: &Desk) -> Lang {
    asked.unwrap_or(match desk.settings().language {
        Language::Chinese => Lang::Zh,
        Language::English => Lang::En,
    })
}

/// The data folder that the command line names.
pub(crate) fn place(global: Global) -> Result<Place, Failure> {
    let options = match global.vault.clone() {
        Some(folder) => Some(DeskOptions::in_folder(folder, Manner::Unattended)),
        None => DeskOptions::of_this_computer(Manner::Unattended),
    };
    let options = options.ok_or_else(|| Failure::new("no_home"))?;
    let host = Arc::new(Terminal::default());
    let desk = Desk::new(host.clone(), options);
    let lang = language(global.lang, &desk);
    Ok(Place { desk, host, lang, global })
}

/// Runs a command.
pub(crate) fn run(place: &Place, command: Command) -> Done {
    match command {
        Command::Init { person } => return vault::init(place, person),
        Command::Recovery(command) => return vault::recovery(place, command),
        Command::Bench(command) => return bench::bench(place.lang, command),
        Command::Demo => return demo::demo(place),
        Command::Passphrase(command) => return vault::passphrase(place, command),
        _ => {}
    }
    let vault = place.open()?;
    match command {
        Command::Criteria(command) => criteria::criteria(&vault, command),
        Command::Buyer(command) => buyer::buyer(&vault, command),
        Command::Incident(command) => incident::incident(&vault, command),
        Command::Evidence(command) => evidence::evidence(&vault, command),
        Command::Listing(command) => incident::listing(&vault, command),
        Command::Import { files } => import::import(&vault, &files),
        Command::Screen { file } => import::screen(&vault, &file),
        Command::Find { text } => find::find(&vault, &text),
        Command::Explain { order, marketplace, buyer, reveal } => {
            explain::explain(&vault, order, marketplace, &buyer, reveal)
        }
        Command::Watch { once } => watch::watch(&vault, once),
        Command::Alerts(command) => alerts::alerts(&vault, command),
        Command::Messages(command) => messages::messages(&vault, command),
        Command::Orders(command) => orders::orders(&vault, command),
        Command::Coverage { days } => coverage::coverage(&vault, days),
        Command::Signals(command) => signals::signals(&vault, command),
        Command::Phrases(command) => phrases::phrases(&vault, command),
        Command::Folder(command) => folder::folder(&vault, command),
        Command::Mailbox(command) => mailbox::mailbox(&vault, place.secrets(), command),
        Command::Mapping(command) => mapping::mapping(&vault, command),
        Command::Trust(command) => trust::trust(&vault, command),
        Command::People(command) => people::people(&vault, command),
        Command::Policy { second_person, review_days, retention_days } => {
            people::policy(&vault, second_person, review_days, retention_days)
        }
        Command::Retention(Retention::Run) => record::retention(&vault),
        Command::Journal(command) => record::journal(&vault, command),
        Command::Doctor => record::doctor(&vault),
        // Above, or printed before any vault is looked for.
        Command::Init { .. }
        | Command::Recovery(_)
        | Command::Bench(_)
        | Command::Demo
        | Command::Passphrase(_)
        | Command::Completions { .. } => Err(Failure::new("internal")),
    }
}

impl Place {
    /// Where passphrases come from.
    pub(crate) fn secrets(&self) -> Source {
        Source { stdin: self.global.passphrase_stdin, lang: self.lang }
    }

    /// Opens the vault with the passphrase, as the person who acts.
    pub(crate) fn open(&self) -> Result<Opened, Failure> {
        // Before anybody types a passphrase for nothing.
        self.needs_vault()?;
        let passphrase = self.secrets().current()?;
        self.desk.session_unlock(buyerwatch_app::session::unlock::Unlock { passphrase })?;
        self.opened()
    }

    /// Refuses when there is no vault.
    pub(crate) fn needs_vault(&self) -> Result<(), Failure> {
        match self.desk.session_state(Nothing {})?.phase {
            Phase::None => Err(Failure::new("no_vault")),
            Phase::Locked | Phase::Open => Ok(()),
        }
    }

    /// The vault that has just been opened, as the person who acts.
    pub(crate) fn opened(&self) -> Result<Opened, Failure> {
        let opened = Opened {
            desk: self.desk.clone(),
            open: self.desk.open()?,
            host: Arc::clone(&self.host),
            lang: self.lang,
            json: self.global.json,
        };
        if let Some(actor) = &self.global.actor {
            opened.open.act_as(opened.person(actor)?)?;
        }
        Ok(opened)
    }
}

impl Opened {
    /// One of two texts.
    pub(crate) const fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(zh, en)
    }

    /// A table, or words for an empty one.
    pub(crate) fn table_or(&self, table: &Table, zh: &str, en: &str) -> String {
        if table.is_empty() { self.say(zh, en).to_owned() } else { table.text() }
    }

    /// The member of the team with this name or ID.
    pub(crate) fn person<T: FromStr>(&self, name_or_id: &str) -> Result<T, Failure> {
        let team = self.desk.people_list(Nothing {})?.people;
        let wanted = name_or_id.trim();
        let by_id = team.iter().find(|person| person.id.to_string() == wanted.to_ascii_lowercase());
        let mut named = team.iter().filter(|person| person.name.trim() == wanted);
        let found = match (by_id, named.next(), named.next()) {
            (Some(person), _, _) | (None, Some(person), None) => person,
            (None, Some(_), Some(_)) => return Err(Failure::new("ambiguous_person")),
            (None, None, _) => return Err(Failure::new("unknown_person")),
        };
        id(&found.id.to_string())
    }

    /// A file, under the name by which use cases know it.
    pub(crate) fn handle(&self, path: &Path) -> Result<String, Failure> {
        Ok(self.desk.offer_file(path.to_path_buf())?.handle)
    }
}

/// An identity as typed.
pub(crate) fn id<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.trim().to_ascii_lowercase().parse().map_err(|_| Failure::new("malformed_id"))
}

/// A value by its stable name. The command line checks names before, so a failure here is a fault
/// of this program.
pub(crate) fn named<T: DeserializeOwned>(code: &str) -> Result<T, Failure> {
    serde_json::from_value(code.into()).map_err(|_| Failure::new("internal"))
}
