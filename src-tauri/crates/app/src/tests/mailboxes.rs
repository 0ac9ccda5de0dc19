//! Mailboxes as they are kept: each once, without a word of the password going out again. What comes in
//! through them is tried against a real mail server, in the journeys.

use crate::{
    Manner, Nothing, Secret,
    mailboxes::{
        MailSecurity, MailboxAccess, OneMailbox, add::AddMailbox, list::MailboxView,
        set_auth_server::SetMailboxAuthServer, set_password::SetMailboxPassword, test::TestMailbox,
    },
    testing::{Bench, fresh},
};

fn access(user: &str, password: &str) -> MailboxAccess {
    MailboxAccess {
        host: " Mail.Example.COM. ".to_owned(),
        port: 993,
        security: MailSecurity::Tls,
        user: user.to_owned(),
        password: Secret::new(password.to_owned()),
        folder: None,
        authority_pem: None,
    }
}

fn add(bench: &Bench, access: MailboxAccess) -> Result<MailboxView, crate::ApiError> {
    bench.desk.mailboxes_add(AddMailbox { access, first_days: Some(30), auth_server: None })
}

#[test]
fn a_mailbox_is_kept_once_and_its_password_is_never_shown() {
    let bench = fresh(Manner::Unattended);
    let added = add(&bench, access("shop@example.com", "seven-otters")).unwrap();
    assert_eq!((added.host.as_str(), added.folder.as_str()), ("mail.example.com", "INBOX"));
    assert_eq!((added.state.as_str(), added.letters, added.error), ("idle", 0, None));
    // The same once more, however it is written.
    let again = add(&bench, access("Shop@Example.com", "another"));
    assert_eq!(again.unwrap_err().code, "mailbox_known");
    let listed = bench.desk.mailboxes_list(Nothing {}).unwrap().items;
    assert_eq!(listed.len(), 1);
    assert!(!serde_json::to_string(&listed).unwrap().contains("otters"));
    assert!(!format!("{:?}", access("a", "seven-otters")).contains("otters"));

    let id = added.id.clone();
    let set = |id: &str, password: &str| {
        let password = Secret::new(password.to_owned());
        bench.desk.mailboxes_set_password(SetMailboxPassword { id: id.to_owned(), password })
    };
    set(&id, "eight-otters").unwrap();
    assert_eq!(set(&id, "").unwrap_err().code, "empty");
    assert_eq!(set("nothing", "x").unwrap_err().code, "not_found");
    bench.desk.mailboxes_remove(OneMailbox { id: id.clone() }).unwrap();
    assert_eq!(bench.desk.mailboxes_remove(OneMailbox { id }).unwrap_err().code, "not_found");
    assert!(bench.desk.mailboxes_list(Nothing {}).unwrap().items.is_empty());
}

#[test]
fn what_is_missing_or_malformed_is_named_before_anything_is_stored() {
    let bench = fresh(Manner::Unattended);
    let refused = |change: &dyn Fn(&mut MailboxAccess)| {
        let mut access = access("shop@example.com", "seven-otters");
        change(&mut access);
        let error = add(&bench, access).unwrap_err();
        (error.code.to_string(), error.params.get("field").cloned())
    };
    for (change, field) in [
        (
            &(|of: &mut MailboxAccess| of.host = " . ".to_owned()) as &dyn Fn(&mut MailboxAccess),
            "host",
        ),
        (&|of| of.user.clear(), "user"),
        (&|of| of.password = Secret::new(String::new()), "password"),
    ] {
        assert_eq!(refused(change), ("empty".to_owned(), Some(field.into())));
    }
    assert_eq!(refused(&|of| of.user = "x".repeat(501)).0, "too_long");
    let pem = "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n";
    for pem in ["no certificate", pem] {
        let authority = refused(&|of| of.authority_pem = Some(pem.to_owned()));
        assert_eq!(authority.0, "malformed_authority");
    }
    let none = bench.desk.mailboxes_test(TestMailbox { id: None, access: None });
    assert_eq!(none.unwrap_err().code, "empty");
    // Nobody is there: the step that fails is told, and nothing is stored.
    let mut nowhere = access("shop@example.com", "seven-otters");
    nowhere.host = "no-such-host.invalid".to_owned();
    let tried = bench.desk.mailboxes_test(TestMailbox { id: None, access: Some(nowhere) });
    let error = tried.unwrap_err();
    assert_eq!((&*error.code, error.params.get("step")), ("mail_no_host", Some(&"lookup".into())));
    assert!(bench.desk.mailboxes_list(Nothing {}).unwrap().items.is_empty());
    let presets = bench.desk.mailboxes_presets(Nothing {}).unwrap().items;
    assert!(presets.iter().any(|of| of.id == "qq" && of.secret == "authorization_code"));
}

#[test]
fn what_went_wrong_is_counted_and_stays_as_history() {
    let bench = fresh(Manner::Unattended);
    let mut nowhere = access("shop@example.com", "seven-otters");
    nowhere.host = "no-such-host.invalid".to_owned();
    let added = add(&bench, nowhere).unwrap();
    assert_eq!(added.errors, []);
    let open = bench.desk.open().unwrap();
    let id: buyerwatch_domain::MailboxId = added.id.parse().unwrap();
    for _ in 0..2 {
        assert_eq!(open.sync_mailbox(id).unwrap_err().code, "mail_no_host");
        bench.host.advance(60_000);
    }
    let listed = || bench.desk.mailboxes_list(Nothing {}).unwrap().items.remove(0);
    let view = listed();
    assert_eq!(view.error.as_deref(), Some("mail_no_host"));
    let [error] = view.errors.as_slice() else { panic!("{view:?}") };
    assert_eq!((error.error.as_str(), error.times, error.ended_at), ("mail_no_host", 2, None));
    assert_eq!(error.last_at.millis() - error.first_at.millis(), 60_000);
    // As when everything in it was read.
    open.write_observations(|tx, stamp| Ok(tx.set_mailbox_state(id, None, stamp.at)?)).unwrap();
    let view = listed();
    assert_eq!((view.error, view.errors.len()), (None, 1));
    assert_eq!(view.errors[0].ended_at, Some(open.now()));
    bench.desk.mailboxes_remove(OneMailbox { id: added.id }).unwrap();
    assert_eq!(open.read(|read| read.door_errors(id.as_bytes())).unwrap(), []);
}

#[test]
fn several_folders_of_one_account_are_watched_and_share_their_password() {
    let bench = fresh(Manner::Unattended);
    let of = |folder: &str, auth_server: Option<&str>| AddMailbox {
        access: MailboxAccess {
            folder: Some(folder.to_owned()),
            ..access("shop@example.com", "seven-otters")
        },
        first_days: None,
        auth_server: auth_server.map(str::to_owned),
    };
    let inbox = bench.desk.mailboxes_add(of("INBOX", None)).unwrap();
    assert_eq!((inbox.folder_name.as_str(), inbox.auth_server), ("INBOX", None));
    let other = bench.desk.mailboxes_add(of("&U,BTFw-", Some(" MX.Example.com. "))).unwrap();
    assert_eq!((other.folder.as_str(), other.folder_name.as_str()), ("&U,BTFw-", "台北"));
    assert_eq!(other.auth_server.as_deref(), Some("mx.example.com"));
    add(&bench, access("else@example.com", "nine-otters")).unwrap();
    for name in ["spf=pass", "a b.example", "mx.example.com;"] {
        let refused = bench.desk.mailboxes_add(of("Third", Some(name)));
        assert_eq!(refused.unwrap_err().code, "malformed_auth_server", "{name}");
    }
    let set = SetMailboxPassword { id: other.id, password: Secret::new("ten-otters".to_owned()) };
    bench.desk.mailboxes_set_password(set).unwrap();
    let rows = bench.desk.open().unwrap().read(|read| read.mailboxes()).unwrap();
    let of = |folder: &str, user: &str| {
        let row = rows.iter().find(|row| row.folder == folder && row.user == user).unwrap();
        row.password.as_str()
    };
    assert_eq!(of("INBOX", "shop@example.com"), "ten-otters");
    assert_eq!(of("&U,BTFw-", "shop@example.com"), "ten-otters");
    assert_eq!(of("INBOX", "else@example.com"), "nine-otters");
}

#[test]
fn the_server_that_checks_senders_is_named_later_for_all_folders_of_the_account() {
    let bench = fresh(Manner::Unattended);
    let inbox = add(&bench, access("shop@example.com", "seven-otters")).unwrap();
    let other = MailboxAccess {
        folder: Some("Amazon".to_owned()),
        ..access("shop@example.com", "seven-otters")
    };
    add(&bench, other).unwrap();
    add(&bench, access("else@example.com", "nine-otters")).unwrap();
    let set = |id: &str, name: Option<&str>| {
        let auth_server = name.map(str::to_owned);
        let id = id.to_owned();
        bench.desk.mailboxes_set_auth_server(SetMailboxAuthServer { id, auth_server })
    };
    let named = || {
        let items = bench.desk.mailboxes_list(Nothing {}).unwrap().items;
        items.into_iter().filter_map(|one| one.auth_server).collect::<Vec<_>>()
    };
    set(&inbox.id, Some("MX.example.com")).unwrap();
    assert_eq!(named(), ["mx.example.com", "mx.example.com"]);
    assert_eq!(set(&inbox.id, Some("a b")).unwrap_err().code, "malformed_auth_server");
    assert_eq!(set("nothing", None).unwrap_err().code, "not_found");
    set(&inbox.id, Some(" ")).unwrap();
    assert!(named().is_empty(), "the topmost counts again");
}
