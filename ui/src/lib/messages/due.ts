const HOUR = 3_600_000;

/** How pressing an answer is: `late`, `soon` within six hours, else `calm`. */
export function pressing(due: string, now: number): 'late' | 'soon' | 'calm' {
  const left = new Date(due).getTime() - now;
  return left <= 0 ? 'late' : left <= 6 * HOUR ? 'soon' : 'calm';
}
