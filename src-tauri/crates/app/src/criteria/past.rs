//! Goes over the past twice: once over everything, keeping little of each act, then over all that is
//! stored of those few who may reach the count.

use super::{
    backtest::{BacktestProgress, Backtested, CountedObservation, ReachedIdentity, ReachedWindow},
    counting::{Asked, What},
};
use crate::{
    Open,
    alerts::shown::{message_hex, message_key},
    desk::{
        Stopped, Trusted, counted_identity, crowd_names, observed_after, observed_of_order,
        order_tokens,
    },
    messages::signal_kinds,
    orders,
};
use buyerwatch_domain::{BuyerId, MessageKind, ReasonField, SignalKind, Timestamp, Token};
use buyerwatch_matching::is_shared;
use buyerwatch_signals::{
    Counted, Counter, History, Otherwise, Proposal, Reader, Tally, Tick, windows,
};
use buyerwatch_vault::{AfterOrders, BuyerText, OrderAct, OrderKey, Read, VaultError};
use std::{cmp::Reverse, collections::BTreeSet, sync::Arc};

/// Rows read in one look at the vault.
const AT_ONCE: usize = 2_000;
/// Messages read in one look: texts are long.
const TEXTS_AT_ONCE: usize = 100;
/// Stored orders gone over at a time. With more, everything is gone over again for another part of
/// the identities: 32 bytes for each order of a part, and no more.
pub(super) const ORDERS_AT_A_TIME: u64 = 1_000_000;
/// Most orders of one identity that are looked at. Whoever has more is a business, and its buyers
/// are many people.
const ORDERS_LIMIT: usize = 2_000;

/// Carries out what is asked, so many orders at a time.
pub(super) fn look(
    open: &Open,
    asked: &Asked,
    at_a_time: u64,
    watch: &mut dyn FnMut(BacktestProgress) -> bool,
) -> Result<Backtested, Stopped> {
    let now = open.now();
    let (size, trusts) = open.read(|read| Ok((read.past_size()?, read.trusts()?)))?;
    let parts = size.orders.div_ceil(at_a_time.max(1)).max(1);
    let rows = match &asked.what {
        What::Texts { .. } => size.orders + size.messages,
        What::Acts(counter) => match counter.counted {
            Counted::Cancels => size.orders,
            Counted::Returns => size.orders + size.returns,
            Counted::NotReceived | Counted::SafeTGranted | Counted::SafeTFiled => {
                size.orders + size.claims
            }
        },
    };
    let mut past = Past {
        open,
        asked,
        trusted: Trusted::of(open.key(), &trusts, now),
        reader: open.phrases()?,
        watch,
        progress: BacktestProgress { total: rows.saturating_mul(parts), ..Default::default() },
        tried: empty(asked),
    };
    for part in 0..parts {
        let part = Part { part, parts };
        let mut tally = past.gather(part)?;
        past.tried.observed += tally.distinct() as u64;
        let few = tally.reaching(asked.count, asked.window_days);
        past.progress.total = past.progress.total.saturating_add(few.len() as u64);
        for ticks in few {
            past.judge(&ticks)?;
            past.step(1)?;
        }
    }
    past.order();
    past.step(0)?;
    Ok(past.tried)
}

fn empty(asked: &Asked) -> Backtested {
    Backtested {
        clause: asked.clause.clone(),
        counted: asked.counted,
        count: asked.count,
        window_days: asked.window_days,
        percent: asked.rate.map(|rate| rate.percent),
        min_orders: asked.rate.map(|rate| rate.orders),
        from: asked.from,
        until: asked.until,
        orders: 0,
        unidentified: 0,
        identities: 0,
        observed: 0,
        without_buyer: 0,
        texts_gone: 0,
        reached_total: 0,
        only_clean_otherwise: 0,
        exempt: 0,
        reached: Vec::new(),
    }
}

/// A part of the identities.
#[derive(Clone, Copy)]
struct Part {
    part: u64,
    parts: u64,
}

impl Part {
    fn holds(self, identity: Token) -> bool {
        identity.0.cast_unsigned() % self.parts == self.part
    }

    /// What belongs to nobody is counted with the first.
    const fn is_first(self) -> bool {
        self.part == 0
    }
}

struct Past<'a> {
    open: &'a Open,
    asked: &'a Asked,
    trusted: Trusted,
    reader: Arc<Reader>,
    watch: &'a mut dyn FnMut(BacktestProgress) -> bool,
    progress: BacktestProgress,
    tried: Backtested,
}

impl Past<'_> {
    fn step(&mut self, rows: u64) -> Result<(), Stopped> {
        self.progress.done = (self.progress.done + rows).min(self.progress.total);
        self.progress.reached = self.tried.reached_total;
        if (self.watch)(self.progress) { Ok(()) } else { Err(Stopped::Cancelled) }
    }

    /// Every act that may count, of one part of the identities.
    fn gather(&mut self, part: Part) -> Result<Tally, Stopped> {
        let mut tally = Tally::default();
        self.gather_orders(part, &mut tally)?;
        match self.asked.what.clone() {
            What::Texts { kind, .. } => {
                self.gather_texts(part, &mut tally, kind)?;
            }
            What::Acts(counter) => self.gather_after(part, &mut tally, &counter)?,
        }
        Ok(tally)
    }

    fn gather_orders(&mut self, part: Part, tally: &mut Tally) -> Result<(), Stopped> {
        let mut identities: Vec<i64> = Vec::new();
        let mut after = OrderKey::FIRST;
        loop {
            let page = self.open.read(|read| read.order_acts_after(after, AT_ONCE))?;
            let Some(last) = page.last() else { break };
            after = last.key;
            for act in &page {
                let Some((_, identity)) = counted_identity(&act.tokens) else {
                    self.tried.unidentified += u64::from(part.is_first());
                    continue;
                };
                if !part.holds(identity) {
                    continue;
                }
                identities.push(identity.0);
                if let Some(at) = act.at.filter(|_| self.counts(act)) {
                    tally.add(Tick { identity, at, what: act.key.number() });
                }
            }
            if part.is_first() {
                self.tried.orders += page.len() as u64;
            }
            self.step(page.len() as u64)?;
        }
        identities.sort_unstable();
        identities.dedup();
        self.tried.identities += identities.len() as u64;
        Ok(())
    }

    /// Whether an order by itself tells something that counts.
    fn counts(&self, act: &OrderAct) -> bool {
        let What::Acts(counter) = &self.asked.what else { return false };
        let mut observed = observed_of_order(act);
        observed.any(|one| counter.counts(one.act) && self.asked.is_dated_within(one.at))
    }

    /// What returns, claims and letters say of the orders that they name.
    fn gather_after(
        &mut self,
        part: Part,
        tally: &mut Tally,
        counter: &Counter,
    ) -> Result<(), Stopped> {
        let table = match counter.counted {
            Counted::Cancels => return Ok(()),
            Counted::Returns => AfterOrders::Returns,
            Counted::NotReceived | Counted::SafeTGranted | Counted::SafeTFiled => {
                AfterOrders::Claims
            }
        };
        let mut after = None;
        loop {
            let page = self.open.read(|read| read.after_orders(table, after, AT_ONCE))?;
            let Some((last, _)) = page.last() else { break };
            after = Some(*last);
            self.gather_named(part, tally, counter, page.iter().map(|(_, order)| order))?;
            self.step(page.len() as u64)?;
        }
        if counter.counted != Counted::NotReceived {
            return Ok(());
        }
        let mut after = 0;
        loop {
            let page = self.open.read(|read| read.not_received_orders(after, AT_ONCE))?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            self.gather_named(part, tally, counter, page.iter().map(|(_, order)| order))?;
            self.step(0)?;
        }
        Ok(())
    }

    fn gather_named<'o>(
        &mut self,
        part: Part,
        tally: &mut Tally,
        counter: &Counter,
        orders: impl Iterator<Item = &'o String>,
    ) -> Result<(), Stopped> {
        let asked = self.asked;
        let nobody = self.open.read(|read| {
            let mut nobody = 0;
            for order_id in orders {
                let mut known = false;
                for act in read.order_acts_by_id(order_id)? {
                    let Some((_, identity)) = counted_identity(&act.tokens) else { continue };
                    known = true;
                    if !part.holds(identity) {
                        continue;
                    }
                    for one in observed_after(read, &act)? {
                        let counted =
                            |at: &Timestamp| counter.counts(one.act) && asked.is_within(*at);
                        if let Some(at) = one.at.filter(counted) {
                            tally.add(Tick { identity, at, what: act.key.number() });
                        }
                    }
                }
                nobody += u64::from(!known);
            }
            Ok(nobody)
        })?;
        self.tried.without_buyer += if part.is_first() { nobody } else { 0 };
        Ok(())
    }

    /// What buyers wrote.
    fn gather_texts(
        &mut self,
        part: Part,
        tally: &mut Tally,
        kind: SignalKind,
    ) -> Result<(), Stopped> {
        let mut after = 0;
        loop {
            let page = self.open.read(|read| read.buyer_texts_after(after, TEXTS_AT_ONCE))?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.no;
            for text in &page {
                // Several have to lie within so many days, which one without a date may not have done.
                let undated = !text.dated && self.asked.count > 1;
                if undated || !self.asked.is_within(text.at) {
                    continue;
                }
                let Some(body) = &text.body else {
                    self.tried.texts_gone += u64::from(part.is_first());
                    continue;
                };
                if !has(&self.reader, body, |of| of == kind) {
                    continue;
                }
                match self.open.read(|read| writer(read, text))? {
                    Some((_, identity)) if part.holds(identity) => {
                        tally.add(Tick { identity, at: text.at, what: text.no });
                    }
                    None if part.is_first() => self.tried.without_buyer += 1,
                    _ => {}
                }
            }
            self.step(page.len() as u64)?;
        }
    }

    /// Looks at all that is stored of one identity that may reach the count.
    fn judge(&mut self, ticks: &[Tick]) -> Result<(), Stopped> {
        let Some(identity) = ticks.first().map(|tick| tick.identity) else { return Ok(()) };
        let (open, asked, trusted) = (self.open, self.asked, &self.trusted);
        let reader: &Reader = &self.reader;
        let seen = open.read(|read| {
            let whole = Whole::read(read, identity, trusted)?;
            let (windows, field, exempt) = match &asked.what {
                What::Acts(counter) => (act_windows(asked, counter, &whole), whole.field, false),
                What::Texts { once_per_order, .. } => {
                    text_windows(read, asked, ticks, *once_per_order, trusted)?
                }
            };
            seen_as(read, reader, &whole, windows, field, exempt)
        })?;
        match seen {
            Seen::No => {}
            Seen::Exempt => self.tried.exempt += 1,
            Seen::Reached(one) => {
                self.tried.reached_total += 1;
                self.tried.only_clean_otherwise += u64::from(one.only_clean_otherwise);
                self.tried.reached.push(*one);
                // Sorted now and then, so that no more are held than twice what is asked for.
                if self.tried.reached.len() >= asked.limit.saturating_mul(2) {
                    self.order();
                }
            }
        }
        Ok(())
    }

    fn order(&mut self) {
        let count = |one: &ReachedIdentity| -> usize {
            one.windows.iter().map(|window| window.observed.len()).sum()
        };
        // Of equals the same ones are told, whichever part they were found in.
        let first = |one: &ReachedIdentity| {
            let first = one.windows.first().and_then(|window| window.observed.first());
            first.map(|of| (of.order_id.clone(), of.message.clone()))
        };
        self.tried
            .reached
            .sort_by_cached_key(|one| (Reverse(count(one)), one.first_reached_at, first(one)));
        self.tried.reached.truncate(self.asked.limit);
    }
}

/// Whether a text holds words of such a kind.
fn has(reader: &Reader, body: &str, kind: impl Fn(SignalKind) -> bool) -> bool {
    signal_kinds(reader, MessageKind::Buyer, body).into_iter().any(|(of, _)| kind(of))
}

/// Who wrote: as the order names them, else as the message does.
fn writer(read: &Read<'_>, text: &BuyerText) -> Result<Option<(ReasonField, Token)>, VaultError> {
    if !text.order_id.is_empty() {
        for act in read.order_acts_by_id(&text.order_id)? {
            let known = counted_identity(&act.tokens);
            if known.is_some() {
                return Ok(known);
            }
        }
    }
    let by_id = text.tokens.marketplace_id.map(|token| (ReasonField::MarketplaceId, token));
    Ok(by_id.or_else(|| text.tokens.alias.map(|token| (ReasonField::Alias, token))))
}

/// All that is stored of one identity.
struct Whole {
    field: Option<ReasonField>,
    /// It is trusted, or has more orders than one buyer has.
    exempt: bool,
    history: History,
    orders: Vec<String>,
}

impl Whole {
    fn read(read: &Read<'_>, identity: Token, trusted: &Trusted) -> Result<Self, VaultError> {
        let keys = read.orders_with_tokens(&[identity], ORDERS_LIMIT)?;
        let history = History { identity, exempt: false, observed: Vec::new() };
        let exempt = keys.len() >= ORDERS_LIMIT;
        let mut whole = Self { field: None, exempt, history, orders: Vec::new() };
        for key in keys {
            let Some(act) = read.order_act(key)? else { continue };
            let Some((field, _)) =
                counted_identity(&act.tokens).filter(|(_, token)| *token == identity)
            else {
                continue;
            };
            whole.field = Some(field);
            whole.exempt |= trusted.is_account(&order_tokens(&act.tokens));
            whole.history.observed.extend(observed_of_order(&act));
            whole.history.observed.extend(observed_after(read, &act)?);
            whole.orders.push(act.order_id);
        }
        Ok(whole)
    }

    /// Orders with a claim or a return of any kind, or with a message that holds words of abuse.
    fn marred(&self, read: &Read<'_>, reader: &Reader) -> Result<BTreeSet<String>, VaultError> {
        let mut marred = BTreeSet::new();
        for order_id in &self.orders {
            // Whatever became of them.
            let claimed =
                !read.claims_of(order_id)?.is_empty() || !read.returns_of(order_id)?.is_empty();
            let abused = || -> Result<bool, VaultError> {
                let texts = read.buyer_texts_of(order_id)?;
                let mut bodies = texts.iter().filter_map(|text| text.body.as_deref());
                Ok(bodies.any(|body| has(reader, body, |_| true)))
            };
            if claimed || abused()? {
                marred.insert(order_id.clone());
            }
        }
        Ok(marred)
    }
}

fn act_windows(asked: &Asked, counter: &Counter, whole: &Whole) -> Vec<ReachedWindow> {
    let mut within = whole.history.clone();
    within.observed.retain(|one| !counter.counts(one.act) || asked.is_dated_within(one.at));
    let proposals = counter.propose(&within, &BTreeSet::new());
    proposals.into_iter().map(window).collect()
}

fn window(of: Proposal) -> ReachedWindow {
    let observed: Vec<_> = of
        .observed
        .into_iter()
        .map(|one| CountedObservation {
            at: one.at,
            order_id: one.order_id,
            marketplace: String::new(),
            message: String::new(),
        })
        .collect();
    ReachedWindow {
        from: of.from,
        until: of.until,
        reached_at: of.reached,
        orders: observed.iter().map(|one| one.order_id.clone()).collect(),
        observed,
        placed: of.orders as u64,
        unsure: of.unsure as u64,
    }
}

/// Where messages reach the count; by what their writer is known if by no order, and whether they
/// are trusted.
fn text_windows(
    read: &Read<'_>,
    asked: &Asked,
    ticks: &[Tick],
    once_per_order: bool,
    trusted: &Trusted,
) -> Result<(Vec<ReachedWindow>, Option<ReasonField>, bool), VaultError> {
    let (mut texts, mut orders) = (Vec::new(), BTreeSet::new());
    let (mut field, mut exempt) = (None, false);
    for tick in ticks {
        let Some(text) = read.buyer_text(tick.what)? else { continue };
        let again = !text.order_id.is_empty() && !orders.insert(text.order_id.to_uppercase());
        if again && once_per_order {
            continue;
        }
        let tokens = [text.tokens.marketplace_id, text.tokens.alias];
        exempt |= trusted.has(tokens);
        field = writer(read, &text)?.map(|(field, _)| field);
        texts.push(CountedObservation {
            at: text.at,
            order_id: text.order_id,
            marketplace: String::new(),
            message: message_hex(&text.id),
        });
    }
    let needed = usize::try_from(asked.count.max(1)).unwrap_or(usize::MAX);
    let spans = windows(&texts, |one| one.at, asked.count, asked.window_days);
    let found = spans.into_iter().filter_map(|span| {
        let observed = texts.get(span)?.to_vec();
        let orders: BTreeSet<String> =
            observed.iter().map(|one| one.order_id.clone()).filter(|id| !id.is_empty()).collect();
        Some(ReachedWindow {
            from: observed.first()?.at,
            until: observed.last()?.at,
            reached_at: observed.get(needed - 1)?.at,
            orders: orders.into_iter().collect(),
            observed,
            placed: 0,
            unsure: 0,
        })
    });
    Ok((found.collect(), field, exempt))
}

/// What one identity comes to.
enum Seen {
    No,
    Exempt,
    Reached(Box<ReachedIdentity>),
}

fn seen_as(
    read: &Read<'_>,
    reader: &Reader,
    whole: &Whole,
    mut windows: Vec<ReachedWindow>,
    field: Option<ReasonField>,
    exempt: bool,
) -> Result<Seen, VaultError> {
    let Some(first_reached_at) = windows.iter().map(|window| window.reached_at).min() else {
        return Ok(Seen::No);
    };
    let shared = match field {
        Some(field) => is_shared(field, crowd_names(read, field, whole.history.identity)?),
        None => false,
    };
    if exempt || whole.exempt || shared {
        return Ok(Seen::Exempt);
    }
    let (mut label, mut buyer_id) = (String::new(), None);
    for one in windows.iter_mut().flat_map(|window| &mut window.observed).rev() {
        let known = Known::read(read, one)?;
        one.marketplace = known.marketplace;
        if label.is_empty() {
            label = known.label;
        }
        buyer_id = buyer_id.or(known.buyer);
    }
    let marred = whole.marred(read, reader)?;
    let within = windows.iter().flat_map(|window| &window.observed);
    let within: BTreeSet<&str> = within.map(|one| one.order_id.as_str()).collect();
    let otherwise = Otherwise::of(&whole.history, &within, &marred);
    Ok(Seen::Reached(Box::new(ReachedIdentity {
        label,
        buyer_id,
        first_reached_at,
        windows,
        other_orders: otherwise.orders as u64,
        clean_orders: otherwise.clean as u64,
        only_clean_otherwise: otherwise.only_clean(),
    })))
}

/// Who is behind an observation, and where.
#[derive(Default)]
struct Known {
    label: String,
    marketplace: String,
    buyer: Option<BuyerId>,
}

impl Known {
    fn read(read: &Read<'_>, one: &CountedObservation) -> Result<Self, VaultError> {
        let mut known = Self::default();
        if let Some(key) = message_key(&one.message)
            && let Some(row) = read.message(&key)?
        {
            let of = &row.message;
            known.label = orders::shown::label(&of.buyer_name, "", &of.alias);
            known.marketplace.clone_from(&of.marketplace);
        }
        if one.order_id.is_empty() {
            return Ok(known);
        }
        known.buyer = read.buyers_citing(&one.order_id)?.first().copied();
        let mut found = read.orders_by_id(&one.order_id)?;
        // An ID that several marketplaces gave out names nobody.
        if let Some(order) = found.pop().filter(|_| found.is_empty()) {
            let of = &order.order;
            if known.label.is_empty() {
                known.label = orders::shown::label(&of.buyer_name, &of.recipient_name, &of.alias);
            }
            known.marketplace.clone_from(&of.channel.0);
            let sightings = read.sightings_of_order(order.key)?;
            known.buyer = known.buyer.or_else(|| sightings.first().map(|seen| seen.buyer));
        }
        Ok(known)
    }
}
