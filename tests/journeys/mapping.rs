//! A table that nobody knows: a person says once what its columns hold.

use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::stage::Stage;

use crate::steps::{Language, onboard};

const TABLE: &str = "订单编号,姓名,电子邮件,备注\nA-1001,Hanna Sorbe,hanna@example.org,礼物\nA-1002,Mika Kern,mika@example.org,\n";

#[test]
fn columns_that_nobody_knows_are_explained_once() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::Chinese);
    let first = stage.write("小店订单.csv", TABLE.as_bytes());
    window.click("nav-sources");
    window.find("sources-mappings");
    window.drop_files(&[&first], "[data-testid='sources']");
    window.click("toast-undo");
    window.find("mapping-sheet");
    window.wait_until("its columns are shown", |window| window.all("mapping-column").len() == 4);
    stage.screenshot("mapping-zh-CN");
    window.assert_accessible("columns that nobody knows");
    window.click("mapping-submit");
    window.wait_gone("mapping-sheet");
    window.find("mapping-row");
    // Both orders are there, and the next file of the same columns needs nobody.
    let second = stage.write("小店订单2.csv", TABLE.replace("A-100", "A-200").as_bytes());
    window.drop_files(&[&second], "[data-testid='sources']");
    window.click("nav-orders");
    window.wait_until("the orders of both files are listed", |window| {
        window.all("order-row").len() == 4
    });
    window.wait_for_text("A-1001");
    window.wait_for_text("A-2002");
}
