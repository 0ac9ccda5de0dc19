//! The criteria that come with the product.

use crate::{Clause, Criterion, ExhibitKind, Localized, Threshold};

/// The five classic kinds of abuse, in version 1. A shop may publish later versions of its own.
#[must_use]
pub fn shipped_criteria() -> Vec<Criterion> {
    use ExhibitKind::{Message, OrderPage, PackingPhoto, ReturnPhoto, Tracking};
    vec![
        criterion(
            "REPEAT_CANCEL",
            ("反复下单后取消", "Repeated order-then-cancel"),
            (
                "同一买家在 30 天内至少 3 次下单后又自行取消，且每次取消都不是因为本店缺货、延误或商品描述有误。同一订单只计一次。须记录订单号和取消时间，并附订单页截图。",
                "The same buyer placed and then cancelled at least 3 orders within 30 days, and no cancellation was caused by the shop: no missing stock, delay or wrong description. One order counts once. Order IDs and times of cancellation are recorded, and a screenshot of an order page is attached.",
            ),
            (3, 30, true),
            &[OrderPage],
        ),
        criterion(
            "NOT_RECEIVED_CLAIMS",
            ("反复无据称未收到", "Repeated not-received claims without proof"),
            (
                "同一买家在 180 天内至少 2 次以“未收到货”提出 A-to-z 索赔或要求退款，而承运商记录显示包裹已妥投至订单地址，买家也未提供任何佐证。同一订单只计一次。须附显示妥投状态的物流页面。",
                "Within 180 days the same buyer claimed non-receipt at least twice, by A-to-z claim or refund demand, although the carrier recorded delivery to the address of the order, and offered nothing that supports the claim. One order counts once. The tracking page with the delivered state is attached.",
            ),
            (2, 180, true),
            &[Tracking],
        ),
        criterion(
            "REVIEW_EXTORTION",
            ("以评价相要挟", "Review threat for a refund or gift"),
            (
                "买家在消息中明确以差评，或以修改、删除评价为条件，索要退款、赠品或其他其无权获得的利益。仅表示不满、如实评价或正常要求退款，不属于本条。须附消息原文。",
                "In a message the buyer makes a bad review, or the change or removal of one, the condition for a refund, gift or other benefit to which there is no right. Anger, an honest review or an ordinary refund request does not fall under this clause. The message itself is attached.",
            ),
            (1, 365, false),
            &[Message],
        ),
        criterion(
            "ABUSIVE_LANGUAGE",
            ("辱骂或威胁", "Abusive or threatening language"),
            (
                "买家在 180 天内至少 2 次在消息中辱骂客服人员，或以人身伤害、骚扰、公开个人信息相威胁。语气激动但针对商品或服务的投诉，不属于本条。须附消息原文。",
                "Within 180 days the buyer at least twice insulted a member of staff in a message, or threatened violence, harassment or the publication of personal data. A heated complaint about goods or service does not fall under this clause. The messages themselves are attached.",
            ),
            (2, 180, false),
            &[Message],
        ),
        criterion(
            "RETURN_ABUSE",
            ("已证实的退货欺诈", "Proven return abuse"),
            (
                "退回的包裹是空箱，或退回物品并非本店发出的那一件，且有发货时的打包照片或录像与收到退货时的照片可以对照。运输损坏、发错货或无法确认的情形，不属于本条。",
                "A returned parcel was empty or held another item than the one sent, and a photo or film of the packing can be compared with photos of what came back. Damage in transit, a wrong item sent by the shop, or a case that cannot be settled does not fall under this clause.",
            ),
            (1, 365, true),
            &[PackingPhoto, ReturnPhoto],
        ),
    ]
}

fn criterion(
    code: &str,
    (title_zh, title_en): (&str, &str),
    (text_zh, text_en): (&str, &str),
    (count, window_days, once_per_order): (u32, u32, bool),
    required: &[ExhibitKind],
) -> Criterion {
    Criterion {
        code: code.to_owned(),
        version: 1,
        title: Localized { zh: title_zh.to_owned(), en: title_en.to_owned() },
        clauses: vec![Clause {
            code: code.to_owned(),
            text: Localized { zh: text_zh.to_owned(), en: text_en.to_owned() },
            threshold: Threshold { count, window_days },
            once_per_order,
            required_exhibits: required.to_vec(),
        }],
    }
}
