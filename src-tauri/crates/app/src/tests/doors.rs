//! Creating, opening, locking: who gets in, and what is refused.

use crate::{
    Host as _, Manner, Nothing, Push,
    alerts::list::{AlertView, ListAlerts},
    imports::{list::ListImports, start::StartImports},
    registry::with_use_cases,
    session::{
        change_passphrase::ChangePassphrase, create::CreateVault, save_kit::SaveKit,
        strength::EstimateStrength, unlock::Unlock, unlock_recovery::UnlockRecovery,
    },
    settings::set::ChangeSettings,
    testing::{ALIAS, Line, PASSPHRASE, empty, fresh, line, report, secret},
    view::{ImportState, JobState, Language, Phase, Theme},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

fn names() -> Vec<(&'static str, &'static str)> {
    macro_rules! names {
        ($($name:literal $function:ident: $gate:ident, $area:ident::$case:ident($input:ty) -> $output:ty $([$($tag:ident),*])?;)+) => {
            vec![$(($name, stringify!($gate))),+]
        };
    }
    with_use_cases!(names)
}

/// Waits for something that another thread does.
fn soon(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what} never happened");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn before_there_is_a_vault_only_the_door_answers() {
    let bench = empty(Manner::Unattended);
    let state = bench.desk.session_state(Nothing {}).unwrap();
    assert_eq!((state.phase, state.vault_id, state.me), (Phase::None, None, None));
    let refused = bench.desk.dispatch("buyers.list", serde_json::json!({})).unwrap_err();
    assert!(["no_vault", "malformed_input"].contains(&&*refused.code));
    assert_eq!(bench.desk.overview_get(Nothing {}).unwrap_err().code, "no_vault");
    bench
        .desk
        .settings_set(ChangeSettings { theme: Some(Theme::Dark), ..Default::default() })
        .unwrap();
    assert_eq!(bench.desk.session_state(Nothing {}).unwrap().theme, Theme::Dark);
    let create = |passphrase: &str, name: &str| {
        bench.desk.session_create(CreateVault {
            passphrase: secret(passphrase),
            person_name: name.to_owned(),
            language: Language::Chinese,
        })
    };
    assert_eq!(create("short", "Mara").unwrap_err().code, "weak_passphrase");
    assert_eq!(create(PASSPHRASE, "  ").unwrap_err().code, "empty");
    let made = create(PASSPHRASE, "Mara").unwrap();
    let state = bench.desk.session_state(Nothing {}).unwrap();
    assert_eq!((state.phase, state.language), (Phase::Open, Language::Chinese));
    assert_eq!(state.vault_id, Some(made.vault_id));
    assert_eq!(state.me.unwrap().name, "Mara");
    assert_eq!(create(PASSPHRASE, "Mara").unwrap_err().code, "vault_exists");
}

#[test]
fn after_the_lock_everything_but_the_session_refuses() {
    let bench = fresh(Manner::Attended);
    let before = bench.desk.open().unwrap();
    assert_eq!(bench.desk.session_lock(Nothing {}).unwrap().phase, Phase::Locked);
    assert!(bench.host.pushes.lock().unwrap().iter().any(|push| matches!(push, Push::Locked)));
    for (name, gate) in names() {
        if gate == "Always" {
            continue;
        }
        let answer = bench.desk.dispatch(name, serde_json::json!({}));
        let code = answer.unwrap_err().code;
        // A request that does not even parse reaches nothing.
        assert!(code == "locked" || code == "malformed_input", "{name}: {code}");
    }
    let list = ListAlerts { view: AlertView::Open, query: None, offset: 0, limit: 1 };
    assert_eq!(bench.desk.alerts_list(list).unwrap_err().code, "locked");
    assert_eq!(bench.desk.settings_get(Nothing {}).unwrap_err().code, "locked");
    // Whoever came in before finds the door shut, too.
    assert_eq!(before.read(|read| read.people()).unwrap_err().code, "locked");
    let refused = before.execute(buyerwatch_domain::Command::ChangePolicy {
        second_person: Some(true),
        review_days: None,
        retention_days: None,
    });
    assert_eq!(refused.unwrap_err().code, "locked");
    // Nobody else holds the keys, as soon as what was under way has heard of it.
    soon("giving back the keys", || Arc::strong_count(before.session()) == 1);
}

#[test]
fn a_wrong_passphrase_waits_longer_each_time_and_the_right_one_opens() {
    let bench = fresh(Manner::Unattended);
    bench.desk.session_lock(Nothing {}).unwrap();
    let unlock =
        |passphrase: &str| bench.desk.session_unlock(Unlock { passphrase: secret(passphrase) });
    let mut waits = Vec::new();
    for attempt in 1..=6u64 {
        let refused = unlock("wrong horse battery staple").unwrap_err();
        assert_eq!(refused.code, "wrong_passphrase");
        let params = serde_json::to_value(&refused.params).unwrap();
        assert_eq!(params["attempts"].as_u64(), Some(attempt));
        let wait = params["wait_ms"].as_u64().unwrap();
        waits.push(wait);
        if wait > 0 {
            assert_eq!(unlock(PASSPHRASE).unwrap_err().code, "wait");
            let state = bench.desk.session_state(Nothing {}).unwrap();
            assert!(state.unlock_wait_ms > 0);
            assert_eq!(u64::from(state.failed_attempts), attempt);
        }
        bench.host.advance(i64::try_from(wait).unwrap() + 1);
    }
    assert!(waits.is_sorted() && waits[5] > waits[0], "{waits:?}");
    assert_eq!(unlock(PASSPHRASE).unwrap().phase, Phase::Open);
}

#[test]
fn the_recovery_key_opens_and_sets_a_new_passphrase() {
    let bench = fresh(Manner::Unattended);
    bench.desk.session_lock(Nothing {}).unwrap();
    let recover = |key: &str, next: &str| {
        bench.desk.session_unlock_recovery(UnlockRecovery {
            recovery_key: secret(key),
            new_passphrase: secret(next),
        })
    };
    let next = "granite whistle pollen atlas";
    assert_eq!(recover("ABCD", next).unwrap_err().code, "malformed_recovery_key");
    assert_eq!(recover(&bench.recovery_key, "short").unwrap_err().code, "weak_passphrase");
    let foreign = fresh(Manner::Unattended).recovery_key;
    assert_eq!(recover(&foreign, next).unwrap_err().code, "wrong_recovery_key");
    bench.host.advance(60_000);
    let typed = bench.recovery_key.to_lowercase().replace('-', " ");
    assert_eq!(recover(&typed, next).unwrap().phase, Phase::Open);
    bench.desk.session_lock(Nothing {}).unwrap();
    let unlock = |text: &str| bench.desk.session_unlock(Unlock { passphrase: secret(text) });
    assert_eq!(unlock(PASSPHRASE).unwrap_err().code, "wrong_passphrase");
    bench.host.advance(60_000);
    unlock(next).unwrap();
    let change = |current: &str, next: &str| {
        bench.desk.session_change_passphrase(ChangePassphrase {
            current: secret(current),
            next: secret(next),
        })
    };
    assert_eq!(change(next, "Mara Lindqvist").unwrap_err().code, "weak_passphrase");
    assert!(change(next, PASSPHRASE).unwrap().changed);
}

#[test]
fn the_kit_is_written_where_a_person_chose_and_not_beside_the_data() {
    let bench = fresh(Manner::Unattended);
    let save =
        || bench.desk.session_save_kit(SaveKit { recovery_key: secret(&bench.recovery_key) });
    assert!(!save().unwrap().saved, "nobody chose a place");
    *bench.host.save_path.lock().unwrap() = Some(bench.desk.data_dir().join("key.html"));
    assert_eq!(save().unwrap_err().code, "inside_data_folder");
    *bench.host.save_path.lock().unwrap() = Some(bench.dir.path().join("gone/key.html"));
    assert_eq!(save().unwrap_err().code, "save_failed");
    let path = bench.dir.path().join("key.html");
    *bench.host.save_path.lock().unwrap() = Some(path.clone());
    let saved = save().unwrap();
    assert_eq!((saved.saved, saved.name.as_deref()), (true, Some("key.html")));
    let page = std::fs::read_to_string(&path).unwrap();
    for group in bench.recovery_key.split('-') {
        assert!(page.contains(group));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn idleness_locks_and_a_touch_puts_it_off() {
    let bench = fresh(Manner::Attended);
    let change = ChangeSettings { idle_lock_minutes: Some(2), ..Default::default() };
    bench.desk.settings_set(change).unwrap();
    let left = || bench.desk.session_state(Nothing {}).unwrap().lock_in_s;
    assert!(left().unwrap() > 110);
    bench.host.advance(100_000);
    assert!(left().unwrap() <= 20);
    assert!(bench.desk.session_touch(Nothing {}).unwrap().lock_in_s.unwrap() > 110);
    bench.host.advance(121_000);
    soon("the idle lock", || bench.desk.session_state(Nothing {}).unwrap().phase == Phase::Locked);
    assert_eq!(bench.desk.overview_get(Nothing {}).unwrap_err().code, "locked");
    // Off.
    bench.desk.session_unlock(Unlock { passphrase: secret(PASSPHRASE) }).unwrap();
    let off = ChangeSettings { idle_lock_minutes: Some(0), ..Default::default() };
    bench.desk.settings_set(off).unwrap();
    assert_eq!(left(), None);
    let too_long = ChangeSettings { idle_lock_minutes: Some(16), ..Default::default() };
    assert_eq!(bench.desk.settings_set(too_long).unwrap_err().code, "out_of_range");
}

#[test]
fn an_import_waits_out_a_lock_and_goes_on() {
    let bench = fresh(Manner::Attended);
    bench.listed_buyer();
    let mut lines: Vec<Line> = (1..=40_000).map(line).collect();
    lines[39_999].alias = ALIAS.to_owned();
    let path = bench.file("large.txt", report(&lines));
    let handle = bench.desk.offer_file(path).unwrap().handle;
    bench.desk.imports_start(StartImports { handles: vec![handle] }).unwrap();
    let rows = || {
        let pushes = bench.host.pushes.lock().unwrap();
        pushes
            .iter()
            .filter_map(|push| match push {
                Push::Job { job } => Some(job.rows),
                _ => None,
            })
            .max()
            .unwrap_or(0)
    };
    soon("the first batch", || rows() > 0);
    bench.desk.session_lock(Nothing {}).unwrap();
    let states = || -> Vec<JobState> {
        let pushes = bench.host.pushes.lock().unwrap();
        pushes
            .iter()
            .filter_map(|push| match push {
                Push::Job { job } => Some(job.state),
                _ => None,
            })
            .collect()
    };
    soon("the pause", || matches!(states().last(), Some(JobState::Queued | JobState::Done)));
    bench.desk.session_unlock(Unlock { passphrase: secret(PASSPHRASE) }).unwrap();
    bench.desk.wait_for_jobs();
    let imports = bench.desk.imports_list(ListImports { offset: 0, limit: 10 }).unwrap();
    assert_eq!(imports.total, 1);
    let record = &imports.items[0];
    assert_eq!((record.state, record.rows, record.orders), (ImportState::Done, 40_000, 40_000));
    assert_eq!(bench.open_alerts().len(), 1);
}

#[test]
fn names_and_forms_that_are_none_are_refused() {
    let bench = fresh(Manner::Unattended);
    let code = |name: &str, input: serde_json::Value| {
        bench.desk.dispatch(name, input).unwrap_err().code.into_owned()
    };
    assert_eq!(code("alerts.explode", serde_json::json!({})), "unknown_use_case");
    assert_eq!(code("alerts.get", serde_json::json!({"id": "nope"})), "malformed_input");
    let settings = bench.desk.dispatch("settings.get", serde_json::json!({})).unwrap();
    assert_eq!(settings["idle_lock_minutes"], 10);
    let strength = bench
        .desk
        .session_strength(EstimateStrength { passphrase: secret(PASSPHRASE), person_name: None })
        .unwrap();
    assert!(strength.acceptable);
    assert!(bench.host.day_start(bench.host.now()) <= bench.host.now());
}
