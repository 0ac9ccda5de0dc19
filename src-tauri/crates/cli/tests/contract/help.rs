//! Help, usage errors, completions and texts for people.

use crate::program::{ALIAS, Bwatch};

#[test]
fn help_teaches_in_both_languages() {
    let bwatch = Bwatch::empty();
    let help = |args: &[&str]| {
        let ran = bwatch.fed(&mut bwatch.bare(args), "");
        assert_eq!(ran.status, 0, "{ran:?}");
        ran.stdout
    };
    let english = help(&["--help"]);
    for word in ["Examples:", "import", "recovery", "BUYERWATCH_PASSPHRASE"] {
        assert!(english.contains(word), "{word}: {english}");
    }
    let chinese = help(&["--lang", "zh-CN", "--help"]);
    for word in ["例：", "创建保险库", "用法"] {
        assert!(chinese.contains(word), "{word}: {chinese}");
    }
    assert!(help(&["incident", "add", "--help"]).contains("packing_video"));
    assert!(help(&["completions", "bash"]).contains("_bwatch"));
}

#[test]
fn wrong_usage_ends_with_two() {
    let bwatch = Bwatch::empty();
    for args in [
        &["frobnicate"][..],
        &["buyer", "add"],
        &["buyer", "add", "--identifier", "email=x@example.com"],
        &["incident", "add", "--buyer", "x", "--clause", "C", "--text", "t", "--at", "last week"],
        &["journal", "rebuild"],
        &["alerts", "list", "--state", "lost"],
    ] {
        let ran = bwatch.run(args);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(!ran.stderr.is_empty());
    }
}

#[test]
fn people_read_tables_in_their_language() {
    let bwatch = Bwatch::new();
    let buyer = bwatch.buyer(&[&format!("alias={ALIAS}")]);
    let read = |args: &[&str]| {
        let mut command = bwatch.bare(args);
        let ran = bwatch.fed(command.env("BUYERWATCH_PASSPHRASE", crate::program::PASSPHRASE), "");
        assert_eq!(ran.status, 0, "{ran:?}");
        ran.stdout
    };
    let english = read(&["buyer", "list"]);
    assert!(english.contains("watching") && english.contains(&buyer), "{english}");
    let chinese = read(&["--lang", "zh-CN", "buyer", "list"]);
    assert!(chinese.contains("观察") && chinese.contains("k7m2•••@…amazon.de"), "{chinese}");
    let refused = bwatch.fed(
        bwatch
            .bare(&["listing", "add", "--buyer", &buyer, "--clause", "REVIEW_EXTORTION"])
            .env("BUYERWATCH_PASSPHRASE", crate::program::PASSPHRASE),
        "",
    );
    assert_eq!((refused.status, refused.stdout.as_str()), (1, ""));
    assert!(refused.stderr.starts_with("bwatch: "), "{}", refused.stderr);
}
