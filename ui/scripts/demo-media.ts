import type { Plugin } from 'vite';

// Pictures and sounds for looking at the window without a backend. Only the development server has them.

const HUES = [12, 48, 150, 196, 262, 320];

/** A drawn stand-in for what somebody photographed. */
function picture(seed: number, width: number, height: number, text: string): string {
  const hue = HUES[seed % HUES.length];
  const lines = Array.from(
    { length: 7 },
    (_, at) =>
      `<rect x="${width * 0.12}" y="${height * (0.44 + at * 0.065)}" width="${width * (0.3 + ((seed * 7 + at * 13) % 45) / 100)}" height="${height * 0.026}" rx="4" fill="hsl(${hue} 20% 68%)"/>`,
  ).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" fill="hsl(${hue} 24% 90%)"/>
<rect x="${width * 0.08}" y="${height * 0.08}" width="${width * 0.84}" height="${height * 0.84}" rx="14" fill="#fff"/>
<circle cx="${width * 0.22}" cy="${height * 0.25}" r="${height * 0.09}" fill="hsl(${hue} 42% 58%)"/>
<text x="${width * 0.36}" y="${height * 0.28}" font-family="sans-serif" font-size="${height * 0.075}" fill="#334">${text}</text>
${lines}</svg>`;
}

/** Four seconds of two tones. */
function tone(): Buffer {
  const rate = 8000;
  const count = rate * 4;
  const wav = Buffer.alloc(44 + count, 128);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + count, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(count, 40);
  for (let at = 0; at < count; at += 1) wav[44 + at] = 128 + Math.round(40 * Math.sin(at / (at < count / 2 ? 4 : 3)));
  return wav;
}

/** Answers under `/demo-media/` as the media scheme does. */
export const demoMedia: Plugin = {
  name: 'demo-media',
  apply: 'serve',
  configureServer(server) {
    server.middlewares.use('/demo-media', (request, response, next) => {
      const [what, id = '', page] = (request.url ?? '').split('?', 1).join().split('/').filter(Boolean);
      const seed = Number.parseInt(id.slice(-6), 16) || 0;
      const send = (type: string, body: string | Buffer) => {
        response.setHeader('content-type', type);
        response.end(body);
      };
      if (what === 'thumb') return send('image/svg+xml', picture(seed, 320, 240, `No. ${seed}`));
      if (what === 'page')
        return send('image/svg+xml', picture(seed + Number(page), 1240, 1754, `Page ${Number(page) + 1}`));
      if (what === 'exhibit' && seed % 10 === 7) return send('audio/wav', tone());
      if (what === 'exhibit' && seed % 10 === 3) {
        response.statusCode = 404;
        return response.end();
      }
      if (what === 'exhibit') return send('image/svg+xml', picture(seed, 1600, 1200, `No. ${seed}`));
      next();
    });
  },
};
