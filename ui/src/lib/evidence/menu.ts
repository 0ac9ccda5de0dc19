import type { ExhibitView } from '$lib/api';
import { m } from '$lib/i18n';
import { copy, type MenuItem } from '$lib/ui';
import { desk, type Walk } from './desk.svelte';

/** What can be done with these exhibits of a list. */
export function exhibitMenu(of: ExhibitView[], through: Walk | null): MenuItem[] {
  const [one, two] = of;
  if (!one) return [];
  const there = of.filter(({ removed }) => !removed);
  const many = of.length > 1;
  const items: MenuItem[] = [];
  if (there.length && !many)
    items.push({ text: m().evidence.open, icon: 'eye', run: () => desk.open(one, through), testid: 'menu-open' });
  if (of.length === 2 && two && there.length === 2)
    items.push({
      text: m().evidence.compare,
      icon: 'columns',
      run: () => desk.compare(one, two, through),
      testid: 'menu-compare',
    });
  if (there.length)
    items.push({
      text: many ? m().evidence.exportMany(there.length) : m().evidence.export,
      icon: 'download',
      run: () => (desk.exporting = there),
      testid: 'menu-export',
    });
  if (!many && there.length && one.redactable)
    items.push({ text: m().evidence.redact, icon: 'redact', run: () => desk.redact(one), testid: 'menu-redact' });
  items.push({
    text: m().evidence.copyNames,
    icon: 'copy',
    run: () => void copy(of.map(({ name }) => name).join('\n')),
    testid: 'menu-copy-name',
  });
  if (there.length)
    items.push({
      text: many ? m().evidence.removeMany(there.length) : m().evidence.remove,
      icon: 'trash',
      danger: true,
      run: () => (desk.removing = there),
      testid: 'menu-remove',
    });
  return items;
}
