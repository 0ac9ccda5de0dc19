// Dates, numbers, money and sizes in the language shown now.
import type { Money } from '../api/generated';
import { language, m } from './language.svelte';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
function cached<F extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: (locale: string) => F): F {
  const full = `${language.locale} ${key}`;
  const known = formats.get(full) as F | undefined;
  if (known) return known;
  const made = make(language.locale);
  formats.set(full, made);
  return made;
}

/** A grouped number. */
export function number(value: number): string {
  return cached('number', (locale) => new Intl.NumberFormat(locale)).format(value);
}

/** An amount with its currency; the plain text of both where the currency is unknown. */
export function money(value: Money | null): string {
  if (!value) return '';
  const amount = Number(value.amount);
  if (!value.currency || Number.isNaN(amount)) return [value.amount, value.currency].filter(Boolean).join(' ');
  try {
    return cached(
      `money ${value.currency}`,
      (locale) =>
        new Intl.NumberFormat(locale, { style: 'currency', currency: value.currency, currencyDisplay: 'symbol' }),
    ).format(amount);
  } catch {
    return `${value.amount} ${value.currency}`;
  }
}

/** A size in bytes, in steps of 1000. */
export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return cached(
    `bytes ${step}`,
    (locale) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: units[step]!,
        // "8 bytes" has a plural, and the short form none.
        unitDisplay: step > 0 ? 'short' : 'long',
        maximumFractionDigits: step > 1 ? 1 : 0,
      }),
  ).format(value / 1000 ** step);
}

/** A day: without the year when it is this year's. */
export function day(iso: string, now = Date.now()): string {
  const date = new Date(iso);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return cached(
    `day ${sameYear}`,
    (locale) =>
      new Intl.DateTimeFormat(locale, {
        year: sameYear ? undefined : 'numeric',
        month: language.code === 'en' ? 'short' : 'numeric',
        day: 'numeric',
        ...(language.code === 'en' ? {} : { month: 'long' }),
      }),
  ).format(date);
}

/** A day with its time. */
export function dayTime(iso: string, now = Date.now()): string {
  return `${day(iso, now)} ${clock(iso)}`;
}

/** A coming instant: the time alone when it is today. */
export function until(iso: string, now = Date.now()): string {
  const today = new Date(iso).toDateString() === new Date(now).toDateString();
  return today ? clock(iso) : dayTime(iso, now);
}

/** The time of day. */
export function clock(iso: string): string {
  return cached(
    'clock',
    (locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  ).format(new Date(iso));
}

/** How long, in whole minutes, hours or days. */
export function span(amount: number): string {
  if (amount < HOUR) return m().time.minutes(Math.max(1, Math.floor(amount / MINUTE)));
  return amount < 2 * DAY ? m().time.hours(Math.floor(amount / HOUR)) : m().time.days(Math.floor(amount / DAY));
}

/** How long ago within a day, else the day. Future instants within a day read likewise. */
export function when(iso: string, now: number): string {
  const ago = now - new Date(iso).getTime();
  if (Math.abs(ago) >= DAY) return day(iso, now);
  if (ago >= 0 && ago < MINUTE) return m().time.now;
  const text = span(Math.abs(ago));
  return ago >= 0 ? m().time.ago(text) : m().time.ahead(text);
}

/** The instant as RFC 3339 in the local zone, with the zone's name. */
export function exact(iso: string): string {
  const date = new Date(iso);
  const pad = (value: number) => String(value).padStart(2, '0');
  const offset = -date.getTimezoneOffset();
  const sign = offset < 0 ? '-' : '+';
  const zone = `${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
  const local = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  return `${local}${zone} (${Intl.DateTimeFormat().resolvedOptions().timeZone})`;
}

/** Minutes and seconds: `8:41`. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
