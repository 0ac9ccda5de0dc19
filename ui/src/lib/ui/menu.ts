import type { IconName } from './icons';

/** One entry of a menu. */
export type MenuItem = {
  text: string;
  icon?: IconName;
  run: () => void;
  disabled?: boolean;
  danger?: boolean;
  testid: string;
  keys?: string;
};
