/** Stands for the end of a line in a field that has only one. */
const MARK = ' ↵ ';

/** Pasted text as it is shown in one line; its line ends stay visible. */
export function inOneLine(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029]+/).map((line) => line.trim());
  return lines.filter((line) => line !== '').join(MARK);
}

/** What is shown in one line, with the line ends that it had. */
export function asLines(shown: string): string {
  return shown.replace(/\s*↵\s*/g, '\n').trim();
}
