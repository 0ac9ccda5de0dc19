//! What people do in the window, in their words; the journeys are made of these.

use buyerwatch_tests::bwatch::PASSPHRASE;
use buyerwatch_tests::desktop::Desktop;

/// The two languages of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// The tag of the language, as in test IDs and names of pictures.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }
}

/// Goes through onboarding to an empty Watch screen: language, what it does, passphrase, recovery
/// key kept and confirmed, start empty. Returns the recovery key.
pub fn onboard(window: &Desktop, language: Language) -> String {
    window.click(&format!("onboarding-language-{}", language.tag()));
    window.assert_accessible("onboarding: language");
    window.click("onboarding-next");
    window.wait_gone(&format!("onboarding-language-{}", language.tag()));
    window.assert_accessible("onboarding: what it does");
    window.click("onboarding-next");
    window.fill("onboarding-name", "Li Na");
    window.fill("onboarding-passphrase", PASSPHRASE);
    window.fill("onboarding-passphrase-repeat", PASSPHRASE);
    window.assert_accessible("onboarding: passphrase");
    window.click("onboarding-create");
    let key = recovery_key(window);
    window.assert_accessible("onboarding: recovery key");
    window.click("onboarding-copy-key");
    confirm_key(window, &key);
    window.click("onboarding-empty");
    window.find("rail");
    key
}

/// The recovery key that the window shows.
pub fn recovery_key(window: &Desktop) -> String {
    window.find("onboarding-recovery-key");
    let key = "return document.querySelector('[data-testid=onboarding-recovery-key]').dataset.key";
    window.script(key, vec![]).as_str().expect("the recovery key is shown").to_owned()
}

/// Retypes the group of the recovery key that the window asks for.
pub fn confirm_key(window: &Desktop, key: &str) {
    // The label says which group; trying them all would be guessing.
    let label = window.script(
        "const e = document.querySelector('[data-testid=onboarding-confirm-group]');
         return (e.labels && e.labels[0] || e.parentElement).innerText",
        vec![],
    );
    let asked: String =
        label.as_str().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    let groups: Vec<&str> = key.split(|c: char| c == '-' || c.is_whitespace()).collect();
    let groups: Vec<&str> = groups.into_iter().filter(|group| !group.is_empty()).collect();
    let asked: usize = asked.parse().unwrap_or_else(|_| panic!("{label} names no group"));
    window.fill("onboarding-confirm-group", groups[asked - 1]);
    window.click("onboarding-confirm");
}

/// Types a passphrase on the lock screen and submits it.
pub fn try_passphrase(window: &Desktop, passphrase: &str) {
    window.fill("unlock-passphrase", passphrase);
    window.click("unlock-submit");
}

/// Picks an option of a select by its value.
pub fn choose(window: &Desktop, select: &str, value: &str) {
    window.click(select);
    window.click(&format!("{select}-{value}"));
}

/// Sets a field for date and time, which browsers edit part by part, to an hour ago.
pub fn set_an_hour_ago(window: &Desktop, id: &str) {
    window.find(id);
    window.script(
        "const field = document.querySelector(`[data-testid='${arguments[0]}']`);
         const at = new Date(Date.now() - 3600e3);
         at.setMinutes(at.getMinutes() - at.getTimezoneOffset());
         field.value = at.toISOString().slice(0, 16);
         field.dispatchEvent(new Event('input', { bubbles: true }));
         field.dispatchEvent(new Event('change', { bubbles: true }));",
        vec![id.into()],
    );
}
