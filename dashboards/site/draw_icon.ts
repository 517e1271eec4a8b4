import { encodePng } from "../../src/mod.ts";

const GROUND = [29, 63, 94], BONE = [238, 236, 226], LINE = [255, 176, 0];

/**
 * The app's icon as a PNG of `sizePx` by `sizePx`: a femoral head with neck and outline, all within the central 80 %,
 * as in a maskable icon.
 */
export function drawIcon(sizePx: number): Uint8Array<ArrayBuffer> {
  const samples = new Uint8Array(3 * sizePx * sizePx);
  for (let i = 0; i < sizePx * sizePx; i++) {
    const x = (i % sizePx + 0.5) / sizePx - 0.46, y = (Math.floor(i / sizePx) + 0.5) / sizePx - 0.42; // from the head's centre
    const fromCentre = Math.hypot(x, y), along = (x + y) / Math.SQRT2, aside = Math.abs(x - y) / Math.SQRT2;
    const bone = fromCentre < 0.24 ||
      (along > 0 && along < 0.42 && aside < 0.13 + 0.25 * Math.max(0, along - 0.28));
    const line = Math.abs(fromCentre - 0.27) < 0.014;
    samples.set(line ? LINE : bone ? BONE : GROUND, 3 * i);
  }
  return encodePng({ widthPx: sizePx, heightPx: sizePx, channels: 3, samples });
}
