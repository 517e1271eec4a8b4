import type { GRADE_SYMBOLS } from "../../../src/figures/figure_theme.ts";
import { symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle } from "d3";

/** Appearance of a point: colour and symbol. */
export interface Glyph {
  readonly colour: string;
  readonly symbol: (typeof GRADE_SYMBOLS)[number] | "cross";
}

/** What {@linkcode drawPoints} draws. */
export interface PointDrawing {
  /** Screen positions in CSS pixels. // [n] */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Drawing order of the heads; later ones are on top. */
  readonly order: ArrayLike<number>;
  /** Index of each head's glyph. // [n] */
  readonly glyphOf: ArrayLike<number>;
  readonly glyphs: readonly Glyph[];
  /** Only heads with a 1 are drawn; all heads if null. // [n] */
  readonly flags: Uint8Array | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly radiusPx: number;
  readonly opacity: number;
}

const SYMBOLS = {
  circle: symbolCircle,
  square: symbolSquare,
  triangle: symbolTriangle,
  diamond: symbolDiamond,
  star: symbolStar,
  cross: symbolCross,
};

/** SVG path of a symbol with the area of a disc of this radius, so that all symbols have equal areas. */
export function symbolPath(symbol: Glyph["symbol"], radiusPx: number): string {
  const parts: string[] = [];
  const number = (v: number) => v.toFixed(2);
  // d3 draws symbols by calling methods of a path; the symbols used here need only these five.
  SYMBOLS[symbol].draw({
    moveTo: (x: number, y: number) => parts.push(`M${number(x)},${number(y)}`),
    lineTo: (x: number, y: number) => parts.push(`L${number(x)},${number(y)}`),
    closePath: () => parts.push("Z"),
    rect: (x: number, y: number, w: number, h: number) =>
      parts.push(`M${number(x)},${number(y)}h${number(w)}v${number(h)}h${number(-w)}Z`),
    arc: (x: number, y: number, r: number) =>
      parts.push(
        `M${number(x + r)},${number(y)}A${number(r)},${number(r)} 0 1 1 ${number(x - r)},${number(y)}A${
          number(r)
        },${number(r)} 0 1 1 ${number(x + r)},${number(y)}Z`,
      ),
  } as never, Math.PI * radiusPx ** 2);
  return parts.join("");
}

/**
 * Draws points by copying prerendered glyphs into the canvas's pixels: 20,000 points take a few milliseconds, whereas
 * 20,000 paths or image calls would take more than a frame. What was on the canvas is replaced.
 */
export function drawPoints(canvas: HTMLCanvasElement, drawing: PointDrawing): void {
  const { x, y, order, glyphOf, glyphs, flags, widthPx, heightPx, radiusPx, opacity } = drawing;
  const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
  const [wide, high] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const context = canvas.getContext("2d")!;
  const picture = context.createImageData(wide, high);
  const stamps = glyphs.map((glyph) => stampOf(glyph, { radiusPx: radiusPx * ratio, opacity }));
  for (let k = 0; k < order.length; k++) {
    const i = order[k];
    if (flags && !flags[i]) continue;
    blend(picture, stamps[glyphOf[i]], Math.round(x[i] * ratio), Math.round(y[i] * ratio));
  }
  context.putImageData(picture, 0, 0);
}

/** The non-empty pixels of a glyph, relative to its centre. */
interface Stamp {
  readonly dx: Int16Array;
  readonly dy: Int16Array;
  /** Coverage multiplied by opacity, 0 to 1. */
  readonly alpha: Float32Array;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Source over destination, straight alpha (Porter and Duff 1984). */
function blend(picture: ImageData, stamp: Stamp, x: number, y: number): void {
  const { data, width, height } = picture;
  const { dx, dy, alpha, red, green, blue } = stamp;
  for (let k = 0; k < alpha.length; k++) {
    const px = x + dx[k];
    const py = y + dy[k];
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const at = 4 * (py * width + px);
    const over = alpha[k];
    if (data[at + 3] === 0) {
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      data[at + 3] = 255 * over;
      continue;
    }
    const under = (data[at + 3] / 255) * (1 - over);
    const out = over + under;
    data[at] = (red * over + data[at] * under) / out;
    data[at + 1] = (green * over + data[at + 1] * under) / out;
    data[at + 2] = (blue * over + data[at + 2] * under) / out;
    data[at + 3] = 255 * out;
  }
}

const cache = new Map<string, Stamp>();

function stampOf(
  { colour, symbol }: Glyph,
  { radiusPx, opacity }: { radiusPx: number; opacity: number },
): Stamp {
  const key = `${colour} ${symbol} ${radiusPx} ${opacity}`;
  const known = cache.get(key);
  if (known) return known;
  const half = Math.ceil(radiusPx * 2.2);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * half;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.translate(half, half);
  context.fillStyle = colour;
  context.fill(new Path2D(symbolPath(symbol, radiusPx)));
  const { data } = context.getImageData(0, 0, 2 * half, 2 * half);
  const full = Array.from({ length: 4 * half * half }, (_, i) => i).filter((i) => data[4 * i + 3] > 8);
  const strongest = full.reduce((best, i) => (data[4 * i + 3] > data[4 * best + 3] ? i : best), full[0] ?? 0);
  const stamp: Stamp = {
    dx: Int16Array.from(full, (i) => (i % (2 * half)) - half),
    dy: Int16Array.from(full, (i) => Math.floor(i / (2 * half)) - half),
    alpha: Float32Array.from(full, (i) => (data[4 * i + 3] / 255) * opacity),
    red: data[4 * strongest],
    green: data[4 * strongest + 1],
    blue: data[4 * strongest + 2],
  };
  cache.set(key, stamp);
  return stamp;
}
