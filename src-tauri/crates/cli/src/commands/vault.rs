//! `bwatch init`, `bwatch passphrase …` and `bwatch recovery …`

use super::{Done, Place};
use crate::{
    answer::Answer,
    args::{Lang, Passphrase, Recovery},
    failure::Failure,
};
use buyerwatch_app::{
    Nothing, Secret,
    session::{
        change_passphrase::{ChangePassphrase, change},
        create::{CreateVault, PassphraseRule, create},
        strength::EstimateStrength,
        unlock::Unlock,
        unlock_recovery::{UnlockRecovery, recover},
    },
    view::{Language, Phase},
};
use serde_json::json;

pub(crate) fn init(place: &Place, person: Option<String>) -> Done {
    if place.desk.session_state(Nothing {})?.phase != Phase::None {
        return Err(Failure::new("vault_exists"));
    }
    let passphrase = place.secrets().first()?;
    warn_if_weak(place, &passphrase);
    let person_name = person
        .or_else(|| place.global.actor.clone())
        .unwrap_or_else(|| place.lang.pick("负责人", "Owner").to_owned());
    let language = match place.lang {
        Lang::Zh => Language::Chinese,
        Lang::En => Language::English,
    };
    let request = CreateVault { passphrase, person_name, language };
    let created = create(&place.desk, &request, PassphraseRule::Script)?;
    let head = place.desk.journal_head(Nothing {})?;
    let json = json!({
        "vault_id": created.vault_id,
        "device_id": head.device_id,
        "recovery_key": created.recovery_key,
    });
    let text = match place.lang {
        Lang::Zh => format!(
            "保险库已创建：{}\n\n恢复密钥（只显示这一次，请打印并与电脑分开保管）：\n\n  {}\n",
            created.vault_id, created.recovery_key
        ),
        Lang::En => format!(
            "created vault {}\n\nRecovery key (shown this once; print it and keep it apart from the computer):\n\n  {}\n",
            created.vault_id, created.recovery_key
        ),
    };
    Ok(Answer::new(json, text))
}

pub(crate) fn passphrase(place: &Place, command: Passphrase) -> Done {
    let Passphrase::Change = command;
    place.needs_vault()?;
    let current = place.secrets().current()?;
    // Before anybody thinks up a new one for nothing.
    place.desk.session_unlock(Unlock { passphrase: current.clone() })?;
    let next = place.secrets().next()?;
    warn_if_weak(place, &next);
    change(&place.opened()?.open, &ChangePassphrase { current, next }, PassphraseRule::Script)?;
    Ok(changed(place))
}

pub(crate) fn recovery(place: &Place, command: Recovery) -> Done {
    place.needs_vault()?;
    if let Recovery::Identity { recovery_key } = command {
        return identity(place, recovery_key);
    }
    let recovery_key = place.secrets().recovery_key()?;
    let new_passphrase = place.secrets().next()?;
    warn_if_weak(place, &new_passphrase);
    let request = UnlockRecovery { recovery_key, new_passphrase };
    recover(&place.desk, &request, PassphraseRule::Script)?;
    Ok(changed(place))
}

/// The key goes to standard output and nothing beside it, so that it can be kept in a file.
fn identity(place: &Place, recovery_key: bool) -> Done {
    let open = if recovery_key {
        place.desk.open_with_recovery_key(&place.secrets().recovery_key()?)?
    } else {
        place.open()?.open
    };
    let identity = open.evidence_identity()?;
    Ok(Answer::new(json!({ "identity": identity.reveal() }), identity.reveal()))
}

fn changed(place: &Place) -> Answer {
    let text = place.lang.pick("口令已更换", "the passphrase was changed");
    Answer::new(json!({ "changed": true }), text)
}

/// A weak passphrase is accepted here, for a program may have drawn it, but not in silence.
fn warn_if_weak(place: &Place, passphrase: &Secret) {
    let asked = EstimateStrength { passphrase: passphrase.clone(), person_name: None };
    if place.desk.session_strength(asked).is_ok_and(|strength| !strength.acceptable) {
        place.host.warn(place.lang.pick(
            "口令容易被猜到；请用几个互不相关的词",
            "this passphrase is easy to guess; use several unrelated words",
        ));
    }
}
