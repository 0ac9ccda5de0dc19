//! The help in Chinese. English stands beside the commands in `args`.

use crate::args::{Cli, Lang};
use clap::{Arg, ArgAction, Command, CommandFactory as _};
use std::ffi::OsString;

/// The commands with their help in the language that `--lang` or the environment asks for. This
/// runs before anything is parsed, for `--help` must speak it, too.
pub(crate) fn command(typed: &[OsString]) -> Command {
    let command = Cli::command();
    match asked(typed) {
        Lang::En => command,
        Lang::Zh => in_chinese(command, ""),
    }
}

/// The language that the command line names, else that of the environment.
pub(crate) fn asked(typed: &[OsString]) -> Lang {
    let mut words = typed.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        let named = match word.strip_prefix("--lang") {
            Some("") => words.next().map(std::borrow::Cow::into_owned),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        match named.as_deref() {
            Some("zh-CN" | "zh") => return Lang::Zh,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    of_environment()
}

fn of_environment() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if set.is_some_and(|value| value.starts_with("zh")) { Lang::Zh } else { Lang::En }
}

fn in_chinese(command: Command, path: &str) -> Command {
    let about = COMMANDS.iter().find(|(name, _)| *name == path).map(|(_, text)| *text);
    let after = AFTER.iter().find(|(name, _)| *name == path).map(|(_, text)| *text);
    let mut command = command;
    if let Some(about) = about {
        command = command.about(about).long_about(None);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    command = command
        .mut_args(|arg| match argument(path, &arg) {
            Some(text) if arg.is_positional() => arg.help(text).help_heading("参数"),
            Some(text) if arg.is_global_set() => arg.help(text).help_heading("通用选项"),
            Some(text) => arg.help(text).help_heading("选项"),
            None => arg,
        })
        .subcommand_help_heading("命令")
        .help_template(TEMPLATE)
        // Those that clap adds by itself speak English.
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', "显示帮助", ArgAction::Help))
        .arg(flag("version", 'V', "显示版本", ArgAction::Version));
    let path = path.to_owned();
    command.mut_subcommands(move |sub| {
        let below = if path.is_empty() {
            sub.get_name().to_owned()
        } else {
            format!("{path} {}", sub.get_name())
        };
        in_chinese(sub, &below)
    })
}

fn flag(name: &'static str, short: char, help: &'static str, action: ArgAction) -> Arg {
    Arg::new(name).short(short).long(name).help(help).help_heading("选项").action(action)
}

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

fn argument(path: &str, arg: &Arg) -> Option<&'static str> {
    let id = arg.get_id().as_str();
    let exact = format!("{path} {id}");
    ARGUMENTS
        .iter()
        .find(|(name, _)| *name == exact)
        .or_else(|| ARGUMENTS.iter().find(|(name, _)| *name == id))
        .map(|(_, text)| *text)
}

const COMMANDS: &[(&str, &str)] = &[
    ("", "为店铺保存一份加密名单，只记下少数恶意买家，并在他们再次下单时认出来。"),
    ("init", "创建保险库"),
    ("passphrase", "更换口令"),
    ("passphrase change", "更换口令；使用 --passphrase-stdin 时，第一行是现口令，第二行是新口令"),
    ("recovery", "用恢复密钥打开保险库"),
    (
        "recovery unlock",
        "用恢复密钥设定新口令；使用 --passphrase-stdin 时，第一行是密钥，第二行是新口令",
    ),
    ("criteria", "查看列入名单的规则"),
    ("criteria list", "查看每项判定标准、条款和所需证据"),
    ("criteria backtest", "用已保存的订单、退货、索赔和消息试算一项条款：谁会达到；不作任何记录"),
    ("buyer", "记录和查看买家"),
    ("buyer add", "记录一位买家；条款成立并由人列入之前，只是观察"),
    ("buyer show", "查看一位买家"),
    ("buyer list", "查看所有买家"),
    ("buyer identifier", "添加、移除或标记买家的标识"),
    ("buyer identifier add", "添加标识；已保存的订单会重新比对"),
    ("buyer identifier remove", "移除一个标识"),
    ("buyer identifier shared", "说明这个标识为许多不相干的人共用：它不再能证明什么"),
    ("buyer note", "写一条备注"),
    ("buyer duplicates", "查看可能是同一人的买家；不会自动合并"),
    ("buyer distinct", "说明两位买家是两个人：以后不再提示"),
    ("buyer merge", "把一位买家并入另一位：此后两者合为一人，警示以保留的一位为准"),
    ("buyer unmerge", "撤销合并；此后记住两者是两个人"),
    ("incident", "报告买家的行为"),
    ("incident add", "报告一位买家的一起事件"),
    ("incident withdraw", "撤回一起事件"),
    ("recovery identity", "输出证据的 age 私钥，供公开的 age 程序使用"),
    ("evidence", "保存、查看、核验和导出证据"),
    ("evidence add", "存入文件：加密、计算校验值，并与所证明的内容关联"),
    ("evidence list", "查看证据"),
    ("evidence show", "查看一份证据和它的全部经过"),
    ("evidence export", "导出原件副本，附校验值和经手记录；导出会留下记录"),
    ("evidence verify", "将保存的证据与存入时比对"),
    ("evidence remove", "移除一份证据；记录保留"),
    ("evidence link", "说明一份证据属于哪位买家、哪个事件或哪个订单，或不再属于"),
    ("evidence kind", "说明一份证据展示的是什么"),
    ("evidence freeze", "把已保存的订单或来信按现在的样子存为证据"),
    ("evidence readiness", "查看某位买家的各个事件按条款需要哪些证据，已有哪些"),
    ("evidence annotate", "给一份证据写备注"),
    ("listing", "把买家列入名单或移出"),
    ("listing add", "把买家列入名单；条款成立、证据齐全之前会被拒绝"),
    ("listing approve", "作为第二人确认列入"),
    ("listing decline", "作为第二人否决列入"),
    ("listing clear", "把买家移出名单；记录保留"),
    ("import", "读入订单报表，认出名单上的买家"),
    ("screen", "将订单报表与名单比对，不保存任何内容"),
    ("find", "用粘贴的收件信息，或其中一项，查找已登记的买家和已保存的订单"),
    ("explain", "说明订单为何对某买家发出警示，或为何没有"),
    ("bench", "用准备好的数据测量；不需要保险库"),
    ("bench matching", "测量在一组场景数据中认出名单买家的准确程度"),
    ("watch", "实时输出导入、警示和线索，每条一行 JSON"),
    ("alerts", "处理警示"),
    ("alerts list", "查看警示和每条的依据"),
    ("alerts claim", "认领一条警示"),
    ("alerts release", "把认领的警示退回待处理"),
    ("alerts handle", "处理完毕，关闭警示"),
    ("alerts dismiss", "不处理，关闭警示"),
    ("alerts reopen", "重新打开警示"),
    ("alerts snooze", "暂时隐藏一条警示"),
    ("messages", "阅读买家来信"),
    ("messages list", "查看对话，最新的在前"),
    ("messages show", "查看一封来信所在的对话：内容、提示、回复期限、写信人是谁"),
    ("messages answered", "标明对话到这封来信为止已在别处回复：不再等待，直到买家再次来信"),
    ("orders", "查看已保存的订单"),
    ("orders list", "查看已保存的订单，最新的在前"),
    ("orders show", "查看一笔订单及其退货、索赔和评分"),
    ("coverage", "逐日查看有多少内容能与名单比对"),
    ("retention", "删除不得继续保留的资料"),
    ("retention run", "删除已到期的姓名、地址和来信内容；密文标识、订单号和证据保留"),
    ("phrases", "查看和修改用于识别来信的措辞表"),
    ("phrases list", "查看现行的措辞表"),
    ("phrases show", "输出一种语言的措辞表，可存为文件修改"),
    ("phrases publish", "用文件中的措辞表取代现行的；版本号自动加一"),
    ("phrases test", "试读一段文字，看会发现什么"),
    ("signals", "对程序发现的线索作出判断"),
    ("signals list", "查看等待判断的线索"),
    ("signals show", "查看一条线索及其依据"),
    ("signals accept", "采纳线索：为每笔订单或消息记录事件并附副本；不会列入名单"),
    ("signals reject", "否决线索；其中的记录不再提示"),
    ("signals reopen", "撤回否决"),
    ("mailbox", "监视邮箱，自动读入来信"),
    ("mailbox add", "监视一个邮箱"),
    ("mailbox list", "查看监视的邮箱及其状态"),
    ("mailbox test", "监视之前试一试，并说明卡在哪一步"),
    ("mailbox sync", "读取一次邮箱里的新邮件"),
    ("mailbox retry", "立即再试一次读不出来的邮箱；正在等待下次重试的窗口随后也会继续"),
    ("mailbox password", "更换一个邮箱的密码"),
    ("mailbox checks", "由哪台服务器判断发件人是否伪造"),
    ("mailbox remove", "不再监视一个邮箱"),
    ("folder", "监视文件夹，自动导入放进去的文件"),
    ("folder add", "监视一个文件夹"),
    ("folder list", "查看监视的文件夹及其文件的处理结果"),
    ("folder remove", "不再监视一个文件夹"),
    ("folder test", "试一试能否监视一个文件夹"),
    ("mapping", "说明未知文件的各列是什么"),
    ("mapping preview", "查看文件开头和各列的猜测"),
    ("mapping save", "保存某种文件各列的含义"),
    ("mapping list", "查看已保存的对应关系"),
    ("mapping remove", "删除一个对应关系"),
    ("trust", "让某些身份永不触发警示"),
    ("trust add", "信任一个身份"),
    ("trust decisions", "查看“非同一人”的决定"),
    ("trust restore", "撤回“非同一人”的决定"),
    ("trust list", "查看信任名单"),
    ("trust remove", "不再信任一个身份"),
    ("people", "团队成员"),
    ("people add", "添加团队成员"),
    ("people list", "查看团队成员"),
    ("people switch", "选择这台电脑的使用者"),
    ("policy", "查看或更改团队规则"),
    ("journal", "核验记录"),
    ("journal verify", "核验记录中的每个签名和每个环节"),
    ("journal accept-head", "恢复备份或 head 丢失之后，确认记录以现状为准"),
    ("journal rebuild", "从记录重建数据表"),
    ("doctor", "检查保险库：记录、数据表、加密"),
    ("demo", "用示例数据在临时保险库中走完整个流程"),
    ("completions", "输出命令行补全脚本"),
];

const ARGUMENTS: &[(&str, &str)] = &[
    ("vault", "保险库所在的文件夹 [默认：变量 BUYERWATCH_DATA_DIR，否则是系统的数据文件夹]"),
    ("json", "输出一个 JSON 对象，而不是文字"),
    ("lang", "文字的语言 [默认：设置中选定的语言]"),
    ("actor", "操作人：团队成员的名字或 ID"),
    ("passphrase_stdin", "从标准输入的第一行读取口令"),
    ("init person", "保险库所有者的名字"),
    ("import files", "订单报表；`-` 表示标准输入"),
    ("screen file", "订单报表；`-` 表示标准输入"),
    ("find text", "要查找的内容；`-` 表示标准输入"),
    ("messages list buyer", "只看认出是这位买家写的"),
    ("messages list order", "只看有关这个订单的"),
    ("messages list query", "只看订单号或别名以此开头的；没有时按姓名查找"),
    ("messages list marked", "只看买家来信中有提示的，如威胁、引导到平台外、钓鱼"),
    ("messages list waiting", "只看买家最后发言、等待回复的"),
    ("messages list alerted", "只看确定发出警示且未被驳回的"),
    ("messages list forged", "改看疑似伪造、已隔离的"),
    ("messages show id", "来信的 ID"),
    ("messages answered id", "来信的 ID"),
    ("messages answered undo", "撤销：对话重新等待回复"),
    ("orders list flag", "只看发出警示或属于已有买家的、可能相关的，或无法比对的"),
    ("orders list query", "只看订单号、货号或商品名称含有这段文字的"),
    ("orders list marketplace", "只看这个站点的"),
    ("orders list from", "只看这一时间及以后下单的：日期（UTC 零点起）或时间"),
    ("orders list until", "只看这一时间之前下单的"),
    ("orders show id", "平台的订单号"),
    ("orders show marketplace", "订单所在站点，仅当多个站点有相同订单号时需要"),
    ("orders show reveal", "显示完整的姓名和地址；属于已有买家的订单，记录会留下有人看过"),
    ("coverage days", "多少天，含今天"),
    ("explain order", "已保存订单的订单号"),
    ("explain marketplace", "订单所在站点，仅当多个站点有相同订单号时需要"),
    ("explain buyer", "要比对的买家"),
    ("explain reveal", "显示所比对的完整内容；记录会留下有人看过"),
    ("bench matching folder", "含 flagged.csv、orders.csv、truth.csv 的文件夹"),
    ("bench matching guard", "是否区分同住一户的人"),
    ("bench matching purged", "按订单的姓名和地址已清除的情形测量"),
    ("watch once", "输出现有的导入和待处理警示，然后结束"),
    ("policy second_person", "列入名单是否需要第二人确认"),
    ("policy retention_days", "多少天后删除订单的姓名、地址和来信内容"),
    ("policy review_days", "多少天后必须复查一次"),
    ("completions shell", "哪种 shell"),
    ("identifiers", "把订单和买家联系起来的标识"),
    ("identifier", "标识"),
    ("buyer add note", "第一条备注"),
    ("buyer show reveal", "显示完整的标识；记录会留下有人看过"),
    ("buyer show id", "买家"),
    ("buyer list status", "只看这种状态"),
    ("buyer list query", "只看标识中含有这段文字的"),
    ("offset", "跳过开头这么多条"),
    ("limit", "最多显示多少条 [默认：全部]"),
    ("brief", "与 --json 同用：不含标识、事件和经过；名单很长时更快"),
    ("buyer", "买家"),
    ("buyer note text", "备注"),
    ("buyer duplicates buyer", "只看这位买家的"),
    ("buyer distinct one", "其中一位"),
    ("buyer distinct other", "另一位"),
    ("buyer merge from", "并入别人的一位"),
    ("into", "保留的一位"),
    ("merged", "已并入别人的买家"),
    ("mapping preview file", "文件"),
    ("mapping save file", "含有这些列的文件"),
    ("mapping save name", "这种文件的名称"),
    ("mapping save channel", "没有渠道列时，订单所属的销售渠道"),
    ("mapping preview kind", "每一行是什么：orders 订单、returns 退货、claims 索赔、feedback 评分"),
    ("mapping save kind", "每一行是什么：orders 订单、returns 退货、claims 索赔、feedback 评分"),
    ("mapping save columns", "某一列是什么，序号从 1 开始；没有写的列按猜测，none 表示不用"),
    ("mapping remove id", "对应关系的 ID"),
    ("host", "IMAP 服务器"),
    ("port", "端口［默认 993；用 --starttls 时 143］"),
    ("starttls", "先明文问候再加密，而不是一开始就加密"),
    ("user", "登录名，通常是完整的邮箱地址"),
    ("mailbox add folder", "要读取的文件夹"),
    ("mailbox test folder", "要读取的文件夹"),
    ("authority", "为服务器担保的自有证书机构的证书，PEM 格式"),
    ("mailbox add days", "第一次往回读多少天；0 为全部"),
    (
        "mailbox add auth_server",
        "由哪台服务器判断发件人是否伪造：它写在 Authentication-Results 开头的名字；不填时以最上面的为准",
    ),
    ("mailbox sync id", "邮箱的 ID"),
    ("mailbox retry id", "邮箱的 ID"),
    ("mailbox password id", "邮箱的 ID"),
    ("mailbox checks id", "邮箱的 ID"),
    (
        "mailbox checks auth_server",
        "它写在 Authentication-Results 开头的名字；不填时以最上面的为准",
    ),
    ("mailbox remove id", "邮箱的 ID"),
    ("folder add folder", "要监视的文件夹"),
    ("folder add move_done", "导入后把文件移到子文件夹 done"),
    ("folder remove id", "文件夹的 ID"),
    ("folder test folder", "要试的文件夹"),
    ("folder test move_done", "同时试写入"),
    ("reason", "理由"),
    ("undo", "取消这个说明"),
    ("recovery identity recovery_key", "用恢复密钥而不是口令打开保险库"),
    ("evidence add files", "文件"),
    ("order", "订单"),
    ("kind", "证据的种类"),
    ("ids", "证据"),
    ("out", "一份证据：新文件；多份：新的或空的文件夹"),
    ("purpose", "用途"),
    ("sample", "只抽查百分之多少"),
    ("fresh", "全部重新读取，包括中断的核验已经比对过的"),
    ("damaged", "只看上次核验发现损坏的"),
    ("evidence link undo", "不再属于"),
    ("evidence freeze order", "平台的订单号"),
    ("evidence freeze marketplace", "订单所在站点，仅当多个站点有相同订单号时需要"),
    ("evidence freeze message", "来信，用 `messages list` 里的 ID"),
    ("evidence readiness incident", "只看这个事件"),
    ("evidence annotate text", "备注"),
    ("clause", "条款，见 `bwatch criteria list`"),
    ("code", "条款代码，例如 REPEAT_CANCEL"),
    ("count", "几次，代替条款的规定"),
    ("window_days", "多少天内，代替条款的规定"),
    ("at", "发生时间：日期，或 2026-05-03T10:41:00Z 这样的时间"),
    ("orders", "有关的订单"),
    ("incident add text", "发生了什么"),
    ("buyer_version", "买家自己的说法"),
    ("exhibits", "证据"),
    ("messages", "要连同附件一起存下的来信，用提醒里的 `message_id`"),
    ("incident", "事件"),
    ("phrases show language", "语言：de、en、es、fr、it、ja、pt 或 zh"),
    ("phrases publish file", "措辞表文件"),
    ("phrases test text", "一段来信"),
    ("phrases test list", "尚未发布的措辞表文件"),
    ("criteria backtest counted", "要统计什么，代替条款本身的对象"),
    ("criteria backtest percent", "并且至少占订单的百分之几；0 表示不看比例"),
    ("criteria backtest min_orders", "订单少于这个数时不看比例"),
    ("criteria backtest from", "只计这一天及以后发生的"),
    ("criteria backtest until", "只计这一天之前发生的"),
    ("criteria backtest limit", "最多逐个列出多少个达到的身份"),
    ("signals list decided", "改看已有判断的线索"),
    ("signals list withdrawn", "改看新版本按新规则撤回的线索"),
    ("signals accept buyer", "买家；不写就新建"),
    ("signals accept new", "虽与已有买家有相同标识，仍新建"),
    ("signals accept text", "发生了什么"),
    ("signals accept except", "不属实的记录，按键列出"),
    ("alerts list state", "只看这种状态"),
    ("alerts list tier", "只看确定的，或只看可能的"),
    ("id", "ID"),
    ("note", "备注"),
    ("alerts dismiss note", "备注；与 --not-this-buyer 一起使用时为理由"),
    ("not_this_buyer", "订单不是这位买家的：这一对以后不再警示；需要 --note"),
    ("trust restore identity", "身份，按决定列表中的写法"),
    ("until", "到什么时候：日期，或 2026-05-03T10:41:00Z 这样的时间"),
    ("name", "团队中使用的名字"),
    ("role", "职责"),
    ("people switch person", "名字或 ID"),
    ("check", "只与现有数据表比对，不写入"),
];

const AFTER: &[(&str, &str)] = &[
    (
        "criteria backtest",
        "统计对象可为：cancels、not_received、returns、safe_t_granted、safe_t_filed、review_threats、abuse。
日期写作 2026-05-01（UTC 零点起）或 2026-05-01T08:00:00Z。

“无可指摘”的订单，是指除下单外没有其他记录，或由本店结束的订单：没有其他取消、退货、任何索赔，也没有含
辱骂或要挟的消息。

例：
  bwatch criteria backtest REPEAT_CANCEL --count 4 --window-days 60
  bwatch criteria backtest RETURN_ABUSE --counted returns --percent 60 --min-orders 10
  bwatch criteria backtest NOT_RECEIVED_CLAIMS --from 2026-01-01 --until 2026-07-01",
    ),
    (
        "",
        "例：
  bwatch init                                     创建保险库，收好恢复密钥
  bwatch buyer add --identifier alias=k7m2q9x4w1r8t5@marketplace.amazon.de
  bwatch incident add --buyer ID --clause REVIEW_EXTORTION --at 2026-05-03 \\
      --order 306-1234567-1234567 --text \"要求退款，否则给一星\" --exhibit message=mail.pdf
  bwatch listing add --buyer ID --clause REVIEW_EXTORTION
  bwatch import orders.txt                        在订单报表中认出名单上的买家
  bwatch alerts list --state open
  cat orders.txt | bwatch --json import -         供脚本使用

口令：在提示处输入；或用 --passphrase-stdin 从标准输入第一行读取；或用变量 BUYERWATCH_PASSPHRASE
（仅供脚本：同一用户的其他程序读得到它）。
退出状态：0 完成，1 被拒绝或失败，2 用法错误。",
    ),
    ("init", "口令丢失时，恢复密钥可以打开保险库。它只显示这一次；请打印出来，与电脑分开保管。两者都丢失，就没有人能打开保险库。"),
    (
        "bench matching",
        "文件夹内放 flagged.csv 和 orders.csv，列为 id、buyer_name、recipient_name、email_alias、phone、addr1、addr2、city、state、postal、country；truth.csv 的列为 order_id、flagged_id、kind，可有 lang。kind 为 match，或是哪一类诚实买家。先存入全部订单，再逐笔比对。“可能”包含警示。

例：
  bwatch --json bench matching scenarios/households | jq '.tier.alert'",
    ),
    (
        "import",
        "按表头识别五种亚马逊订单报表，支持各种常见编码。导入过的行计为重复；中断的导入会从停下的地方继续。

例：
  bwatch import unshipped.txt new-orders.txt
  cat report.txt | bwatch --json import - | jq '.alerts | length'",
    ),
    ("screen", "要查从网页或聊天里复制的买家信息，请用 `bwatch find`。"),
    (
        "find",
        "可以是订单号、别名、电话、姓名，也可以是一整段收件信息：有没有“收件人：”这样的名目、在一行还是多行都可以，
与窗口里的查找相同。不保存任何内容。

例：
  bwatch find 306-1234567-1234567
  bwatch find \"收件人：王小明 电话：13800001111 地址：浙江省杭州市西湖区文三路 100 号\"
  xclip -o | bwatch --json find - | jq '.found[] | select(.type == \"buyer\")'",
    ),
    ("watch", "输出任何窗口或命令在这个保险库中所做的事，直到被停止。\n\n例：\n  bwatch watch | jq -r '.alert.observation.order_id // empty'"),
    (
        "messages list",
        "同一订单的来信是一个对话，没有订单时按写信的账号归在一起。写信人不显示全名。第一封等待的来信之后 24 小时
内应当回复；在别处的回复这里看不到，除非有人标明。

例：
  bwatch messages list --waiting
  bwatch messages list --marked --query 306-1234567
  bwatch messages list --buyer ID
  bwatch --json messages list --order 306-1234567-1234567 | jq -r '.conversations[].newest.id'",
    ),
    (
        "orders list",
        "例：
  bwatch orders list --flag flagged
  bwatch orders list --query 306-1234567 --limit 20",
    ),
    (
        "coverage",
        "一天从这里的零点算起。“隔离”的是疑似伪造的来信：单独存放，不与名单比对。跳过的行和邮件算在导入开始的那一天。

例：
  bwatch --json coverage --days 30 | jq '.days[] | select(.quarantined > 0)'",
    ),
    ("policy", "例：\n  bwatch policy\n  bwatch policy --second-person on --review-days 60"),
    ("completions", "例：\n  bwatch completions bash > ~/.local/share/bash-completion/completions/bwatch"),
    (
        "buyer merge",
        "不会改写任何记录：用 `bwatch buyer unmerge` 可以恢复原样。

示例：
  bwatch buyer duplicates
  bwatch buyer merge FROM_ID --into ID --reason \"同一电话、同一住址\"",
    ),
    (
        "buyer add",
        "TYPE 可以是：alias、marketplace_id、phone、name、address、user_name、order_id。

例：
  bwatch buyer add --identifier alias=k7m2q9x4w1r8t5@marketplace.amazon.de
  bwatch buyer add --identifier name=王小明 --identifier phone=\"+86 138 0013 8000\"",
    ),
    (
        "recovery identity",
        "得到这把密钥的人可以看到全部证据。用它执行 `age -d -i 密钥文件` 可以打开保险库 `blobs` 文件夹里的每个文件。
那里的 `identity.age` 是用恢复密钥加密的同一把密钥。",
    ),
    (
        "evidence add",
        "KIND 可以是：order_page、tracking、message、packing_photo、packing_video、return_photo、label、phone_note、other；
不写则按文件名和内容判断。文件名中的订单号会自动关联；没有任何关联的，先放在未归属的证据里。原件留在原处。

例：
  bwatch evidence add pack.mp4 label.pdf --order 306-1234567-1234567",
    ),
    (
        "evidence kind",
        "KIND 可以是：order_page、tracking、message、packing_photo、packing_video、return_photo、label、phone_note、other。",
    ),
    (
        "evidence freeze",
        "例：
  bwatch evidence freeze --order 306-1234567-1234567
  bwatch evidence freeze --message ID",
    ),
    ("evidence export", "例：\n  bwatch evidence export ID ID --out claim && (cd claim && sha256sum -c SHA256SUMS)"),
    (
        "mailbox add",
        "密码（或服务商给的应用密码、授权码）在运行时输入，或作为标准输入的一行，不能写在参数里。邮件只读取，
不标记、不移动、不删除。连接必须加密，否则不连接。

例：
  bwatch mailbox add --host imap.example.com --user shop@example.com",
    ),
    ("evidence verify", "中断的核验再次执行时会接着进行。"),
    (
        "incident add",
        "KIND 可以是：order_page、tracking、message、packing_photo、packing_video、return_photo、label、phone_note、other。
文件加密保存，并记录 SHA-256；原件留在原处。

例：
  bwatch incident add --buyer ID --clause RETURN_ABUSE --at 2026-05-03T10:41:00+02:00 \\
      --order 306-1234567-1234567 --text \"退回一块砖\" --buyer-version \"收到时就是这样\" \\
      --exhibit packing_video=pack.mp4 --exhibit return_photo=brick.jpg",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(command: &Command, path: &str, check: &mut dyn FnMut(&Command, &str)) {
        check(command, path);
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            let below = if path.is_empty() {
                sub.get_name().into()
            } else {
                format!("{path} {}", sub.get_name())
            };
            walk(sub, &below, check);
        }
    }

    #[test]
    fn every_command_and_option_is_explained_in_chinese() {
        let mut command = in_chinese(Cli::command(), "");
        command.build();
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        walk(&command, "", &mut |command, path| {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(chinese(&about), "`{path}`: {about}");
            if let Some(after) = command.get_after_help() {
                assert!(chinese(&after.to_string()), "after `{path}`");
            }
            for arg in command.get_arguments().filter(|arg| arg.get_id() != "id") {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(chinese(&help), "`{path}` {}: {help}", arg.get_id());
            }
        });
    }

    #[test]
    fn the_command_line_says_its_language() {
        let asked = |line: &str| asked(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked("bwatch --lang zh-CN --help"), Lang::Zh);
        assert_eq!(asked("bwatch --lang=zh init"), Lang::Zh);
        assert_eq!(asked("bwatch init --lang en"), Lang::En);
    }
}
