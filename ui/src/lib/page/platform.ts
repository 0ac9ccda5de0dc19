/** Whether shortcuts are told with ⌘. */
export const mac = /Mac/.test(globalThis.navigator?.platform ?? '');

/** A shortcut with the platform's command key. */
export const command = (key: string): string => (mac ? `⌘${key}` : `Ctrl ${key}`);
