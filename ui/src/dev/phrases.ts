/** A list of phrases, short beside the real ones. */
const lists: Record<string, string> = {
  zh: `# 演示用的措辞表。
language: zh
version: 1

[words]
review = 评价|评论|评分|留评|追评|晒单
low = 差评|负评|一星|1星|低分|零分
fool = 白痴|废物|脑残|蠢货|弱智|骗子|垃圾卖家
sites = 小红书|抖音|微博|知乎|朋友圈

[review threat]
(退款|退钱|红包|补偿)还是(<low>|曝光)
(到账|收到钱)..(就|马上|立刻)(删|撤|改)

[bad review]
(发|打|给|留|写)(个|)(一星|差评|负评)
<sites>..(曝光|发|挂|吐槽|避雷)
我的(评价|评论|评分)

[benefit]
(退|赔|补|返)我..(钱|款|差价)
(送|给)(个|)(红包|优惠券|赠品)

[condition]
(如果|要是|除非)
(不然|否则)

[insult]
# 单独成立的辱骂。
你(们|)(这群|)<fool>
(滚|去死)

[fair insult]
(我|自己)_(蠢|笨|傻)

[threat]
知道你(住|在)(哪|哪里)

[off platform]
加(我|个)(微信|QQ)
`,
};
const other = (language: string) => `# A list to look at.
language: ${language}
version: 1

[words]
review = review~|rating~|feedback~|testimonial~|comment~
lots = one star|1 star|bad review|negative review|terrible review
fool = idiot~|moron~|imbecile~|clown|clowns|scumbag~
sites = trustpilot|google|facebook|reddit|tiktok|youtube

[review threat]
(refund|money|discount|voucher) or (<lots>|<sites>)
no (refund|money|replacement) no (5|five|good) (stars|star|review)

[bad review]
my (review|rating|feedback|stars|comment)
(leave|post|write|publish) .. (one star|1 star|<lots>)
(tell|warn) (everyone|everybody|other buyers) .. <review>

[benefit]
(full|partial|half) refund
(gift card|voucher|discount)

[condition]
(if|unless|otherwise|or else)

[insult]
# Insults that stand for themselves.
(stupid|bloody) seller
you .. <fool>

[fair insult]
(i am|i m|felt like) .. <fool>

[threat]
know where you live

[off platform]
(add|message) me on (whatsapp|telegram|wechat)
`;

/** The list of a language. */
export const phrases = (language: string): string => lists[language] ?? other(language);
