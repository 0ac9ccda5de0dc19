//! Mailboxes as they are kept: each once, without a word of the password going out again. What comes in
//! through them is tried against a real mail server, in the journeys.

use crate::{
    Manner, Nothing, Secret,
    mailboxes::{
        MailSecurity, MailboxAccess, OneMailbox, add::AddMailbox, list::MailboxView,
        set_password::SetMailboxPassword, test::TestMailbox,
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
    bench.desk.mailboxes_add(AddMailbox { access, first_days: Some(30) })
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
