// Drawn on a 24 by 24 grid with a stroke of 1.75.
const circle = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const box = (x: number, y: number, w: number, h: number, r: number) =>
  `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`;

/** The pictures of the window, each one path. */
export const icons = {
  eye: `M2 12s3.600-7 10-7 10 7 10 7-3.600 7-10 7S2 12 2 12z${circle(12, 12, 3)}`,
  eyeOff:
    'M3 3l18 18M10.600 5.100A11 11 0 0 1 12 5c6.400 0 10 7 10 7a17 17 0 0 1-3 3.800M6.500 6.600C3.600 8.500 2 12 2 12s3.600 7 10 7a10 10 0 0 0 5-1.300M9.900 9.900a3 3 0 0 0 4.200 4.200',
  users: `${circle(9, 8, 4)}M2 21c0-4 3-6 7-6s7 2 7 6M16 4a4 4 0 0 1 0 8M22 21c0-3-1.500-5-4-6`,
  user: `${circle(12, 8, 4)}M4 21c0-4 3.500-6 8-6s8 2 8 6`,
  order: 'M21 8 12 3 3 8v8l9 5 9-5zM3 8l9 5 9-5M12 13v8',
  book: 'M4 4h12a3 3 0 0 1 3 3v13H7a3 3 0 0 1-3-3zM8 8h7M8 12h7',
  gear: `${circle(12, 12, 3)}M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2`,
  search: `${circle(11, 11, 7)}M20 20l-4-4`,
  bell: 'M6 9a6 6 0 0 1 12 0c0 6 3 7 3 7H3s3-1 3-7M10 20a2 2 0 0 0 4 0',
  mail: `${box(3, 5, 18, 14, 2)}M3 7l9 7 9-7`,
  flag: 'M5 22V3M5 4h12l-2 4 2 4H5',
  question: `${circle(12, 12, 9)}M9.500 9a2.500 2.500 0 1 1 3.500 2.400c-.7.4-1 .8-1 1.600M12 17h.01`,
  check: `${circle(12, 12, 9)}M8 12l3 3 5-6`,
  tick: 'M5 12l5 5 9-11',
  open: circle(12, 12, 9),
  alert: `M12 3 2 20h20zM12 10v4M12 17h.01`,
  info: `${circle(12, 12, 9)}M12 11v5M12 8h.01`,
  lock: `${box(5, 11, 14, 10, 2)}M8 11V7a4 4 0 0 1 8 0v4`,
  unlock: `${box(5, 11, 14, 10, 2)}M8 11V7a4 4 0 0 1 7.500-2`,
  upload: 'M12 16V4M7 9l5-5 5 5M4 20h16',
  download: 'M12 4v12M7 11l5 5 5-5M4 20h16',
  cart: `${circle(9, 20, 1)}${circle(18, 20, 1)}M2 3h3l3 12h11l2-8H6`,
  shield: 'M12 3 4 6v6c0 5 3.500 8 8 9 4.500-1 8-4 8-9V6z',
  trusted: 'M12 3 4 6v6c0 5 3.500 8 8 9 4.500-1 8-4 8-9V6zM8.500 12l2.500 2.500 4.500-5',
  back: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  video: `${box(2, 6, 14, 12, 2)}M16 10l6-3v10l-6-3`,
  image: `${box(3, 4, 18, 16, 2)}${circle(9, 10, 2)}M21 17l-5-5-8 8`,
  file: 'M14 3H6v18h12V7zM14 3v4h4M9 13h6M9 17h4',
  truck: `M2 6h12v11H2zM14 10h4l4 4v3h-8${circle(7, 18, 2)}${circle(18, 18, 2)}`,
  phone: 'M6 3h4l2 5-3 2a12 12 0 0 0 5 5l2-3 5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z',
  tag: `M3 12V4a1 1 0 0 1 1-1h8l9 9-9 9z${circle(8, 8, 1.4)}`,
  clock: `${circle(12, 12, 9)}M12 7v5l3 2`,
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  minus: 'M5 12h14',
  note: 'M5 4h14v11l-5 5H5zM14 20v-5h5M8 9h8M8 13h4',
  copy: `${box(8, 8, 13, 13, 2)}M16 8V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h3`,
  down: 'M6 9l6 6 6-6',
  up: 'M6 15l6-6 6 6',
  right: 'M9 6l6 6-6 6',
  left: 'M15 6l-6 6 6 6',
  more: `${circle(5, 12, 1)}${circle(12, 12, 1)}${circle(19, 12, 1)}`,
  sun: `${circle(12, 12, 4)}M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600 19 19M5 19l1.400-1.400M17.600 6.400 19 5`,
  globe: `${circle(12, 12, 9)}M3 12h18M12 3c3 3 3.500 6 3.500 9s-.5 6-3.500 9c-3-3-3.500-6-3.500-9S9 6 12 3z`,
  key: `${circle(8, 15, 5)}M11.500 11.500 21 2M17 6l3 3M14 9l2 2`,
  print: `${box(3, 9, 18, 8, 2)}M7 9V3h10v6M7 14h10v7H7z`,
  chain: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.700-5.700L12 7M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.700 5.700L12 17',
  keyboard: `${box(2, 6, 20, 12, 2)}M6 10h.01M10 10h.01M14 10h.01M18 10h.01M8 14h8`,
  spin: 'M12 3a9 9 0 1 0 9 9',
  strike: 'M4 12h16M8 7a4 3 0 0 1 4-3c3 0 4 2 4 2M16 16a4 3.500 0 0 1-4 4c-3 0-4-2-4-2',
};

/** Name of a picture. */
export type IconName = keyof typeof icons;
