import type { MailFolder } from '$lib/api';

/** The folders that stay chosen once a server has told which there are: those that exist, else the first. */
export function stillChosen(folders: readonly MailFolder[], chosen: readonly string[]): string[] {
  const there = folders.filter(({ folder }) => chosen.includes(folder)).map(({ folder }) => folder);
  return there.length > 0 ? there : folders.slice(0, 1).map(({ folder }) => folder);
}

/** With or without one of them, and never without any. */
export function ticked(chosen: readonly string[], folder: string, on: boolean): string[] {
  const others = chosen.filter((one) => one !== folder);
  if (on) return [...others, folder];
  return others.length > 0 ? others : [...chosen];
}
