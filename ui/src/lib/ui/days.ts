/** Why a pair of days is no range. */
export type DayProblem = 'from' | 'to' | 'reversed';

/** A local day as the control for dates writes it, `2026-11-22`; undefined when it is none. */
function midnight(day: string, later = 0): Date | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (!year) return undefined;
  const at = new Date(Number(year), Number(month) - 1, Number(date));
  const real = at.getMonth() === Number(month) - 1 && at.getDate() === Number(date) && Number(year) >= 1900;
  return real ? new Date(at.getFullYear(), at.getMonth(), at.getDate() + later) : undefined;
}

/**
 * The instants between which these days lie, the last day included. A problem means
 * that nothing is narrowed by them.
 */
export function span(from: string, to: string): { from: string | null; to: string | null; problem: DayProblem | null } {
  const [first, last] = [midnight(from), midnight(to, 1)];
  let problem: DayProblem | null = null;
  if (from && !first) problem = 'from';
  else if (to && !last) problem = 'to';
  else if (first && last && first >= last) problem = 'reversed';
  if (problem) return { from: null, to: null, problem };
  return { from: first?.toISOString() ?? null, to: last?.toISOString() ?? null, problem };
}

/** When today began here. */
export function today(now = new Date()): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();
}

/** The end of a day as the control for dates writes it, which still counts; null when none is named, undefined when it has passed or is none. */
export function endOf(day: string, now = new Date()): string | null | undefined {
  if (day === '') return null;
  const end = midnight(day, 1);
  return end && end > now ? end.toISOString() : undefined;
}
