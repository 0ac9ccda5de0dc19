//! How well listed people are recognised in each scenario, beside Splink, rapidfuzz and recordlinkage
//! on the same files in the same run.
//!
//! `BUYERWATCH_SCENARIOS` names the folder that holds the scenarios. The competitors get the threshold
//! with which their F1 is best on the very scenario; ours is what the program ships with.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use buyerwatch_tests::program;
use serde_json::Value;

fn main() {
    let Some(folder) = std::env::var_os("BUYERWATCH_SCENARIOS").map(PathBuf::from) else {
        println!("name the folder of the scenarios in BUYERWATCH_SCENARIOS");
        return;
    };
    let mut scenarios: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder of the scenarios can be read")
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("truth.csv").is_file())
        .collect();
    scenarios.sort();
    println!(
        "| Scenario | Program | P | R | F1 | False alerts of honest orders | µs per order | Peak |"
    );
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for scenario in &scenarios {
        for (name, arguments) in [
            ("Buyerwatch", &["--guard", "on"][..]),
            ("Buyerwatch, household guard off", &["--guard", "off"]),
            ("Buyerwatch, after the purge", &["--purged"]),
        ] {
            let measured = ours(scenario, arguments);
            let micros = measured["us_per_order"]["mean"].as_f64();
            line(scenario, name, &measured["tier"]["alert"], micros, measured["peak_mb"].as_f64());
        }
        let python = std::env::var("BUYERWATCH_PYTHON").unwrap_or("python3".to_owned());
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/competitors/matching.py");
        for library in ["splink", "rapidfuzz", "recordlinkage"] {
            // One process each, so that the peak of memory is its own.
            let mut command = Command::new(&python);
            let command = command.arg(&script).arg(scenario).arg(library);
            let output = command.stderr(Stdio::null()).output().expect("Python starts");
            if !output.status.success() {
                println!("| {} | {library} | failed | | | | | |", title(scenario));
                continue;
            }
            for text in String::from_utf8_lossy(&output.stdout).lines() {
                let Ok(json) = serde_json::from_str::<Value>(text) else { continue };
                let name = json["program"].as_str().unwrap_or(library);
                let micros = json["us_per_order"].as_f64();
                line(scenario, name, &json["alert"], micros, json["peak_mb"].as_f64());
            }
        }
    }
}

fn title(scenario: &Path) -> String {
    scenario.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn ours(scenario: &Path, arguments: &[&str]) -> Value {
    let mut command = Command::new(program("bwatch"));
    command.args(["--json", "bench", "matching"]).arg(scenario).args(arguments);
    let output = command.output().expect("bwatch starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn line(scenario: &Path, name: &str, quality: &Value, micros: Option<f64>, peak: Option<f64>) {
    let of = |field: &str| quality[field].as_f64().unwrap_or_default();
    println!(
        "| {} | {name} | {:.4} | {:.4} | {:.4} | {:.3} % | {:.1} | {:.0} MB |",
        title(scenario),
        of("precision"),
        of("recall"),
        of("f1"),
        100.0 * of("false_alert_rate"),
        micros.unwrap_or_default(),
        peak.unwrap_or_default()
    );
}
