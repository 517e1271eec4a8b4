/** A film at one resolution, 16 bits per pixel. */
export interface Level {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: Uint16Array; // [heightPx, widthPx]
}

/** Position of a film on the screen: screen = film * scale + offset; (0, 0) is the corner of the first pixel. */
export interface Place {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Values shown as black and as white. */
export interface Window {
  readonly low: number;
  readonly high: number;
  readonly inverted: boolean;
}

/**
 * Image pyramid: the film, and copies of half, a quarter, an eighth ... of its width and height. Drawing uses the level
 * closest to the size on the screen.
 */
export function filmLevels(film: Level): Level[] {
  const levels = [film];
  for (let last = film; Math.min(last.widthPx, last.heightPx) > 256;) levels.push(last = halved(last));
  return levels;
}

function halved({ widthPx, heightPx, pixels }: Level): Level {
  const width = widthPx >> 1, height = heightPx >> 1, out = new Uint16Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, at = 2 * y * widthPx; x < width; x++, i++, at += 2) {
      out[i] = (pixels[at] + pixels[at + 1] + pixels[at + widthPx] + pixels[at + widthPx + 1] + 2) >> 2;
    }
  }
  return { widthPx: width, heightPx: height, pixels: out };
}

/** The grey-level window from the 1st to the 99.5th percentile of the smallest level. */
export function wholeWindow(levels: readonly Level[]): Window {
  const sorted = levels.at(-1)!.pixels.slice().sort();
  const low = sorted[Math.floor(0.01 * (sorted.length - 1))];
  const high = sorted[Math.ceil(0.995 * (sorted.length - 1))];
  return { low, high: Math.max(low + 1, high), inverted: false };
}

/** Lookup table from the 65536 values to opaque grey pixels. */
export function greyTable({ low, high, inverted }: Window): Uint32Array {
  const table = new Uint32Array(65536), span = Math.max(1, high - low);
  for (let value = 0; value < table.length; value++) {
    const share = Math.min(1, Math.max(0, (value - low) / span));
    const grey = Math.round(255 * (inverted ? 1 - share : share));
    table[value] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
  }
  return table;
}

/** Draws the visible part of a film with linear interpolation; the area outside the film is black. */
export function drawFilm(
  screen: { readonly widthPx: number; readonly heightPx: number; readonly pixels: Uint32Array },
  { levels, place, table }: { levels: readonly Level[]; place: Place; table: Uint32Array },
): void {
  const depth = Math.min(levels.length - 1, Math.max(0, Math.round(Math.log2(1 / place.scale))));
  const { widthPx, heightPx, pixels } = levels[depth], step = 1 / (place.scale * 2 ** depth);
  const columns = new Int32Array(screen.widthPx), shares = new Int32Array(screen.widthPx);
  let from = screen.widthPx, to = 0;
  for (let i = 0; i < screen.widthPx; i++) {
    const at = (i + 0.5 - place.x) * step;
    if (at < 0 || at >= widthPx) continue;
    from = Math.min(from, i);
    to = i + 1;
    const inside = Math.min(widthPx - 1.001, Math.max(0, at - 0.5));
    columns[i] = inside;
    shares[i] = 256 * (inside - columns[i]);
  }
  screen.pixels.fill(0xff000000);
  for (let j = 0; j < screen.heightPx; j++) {
    const at = (j + 0.5 - place.y) * step;
    if (at < 0 || at >= heightPx) continue;
    const inside = Math.min(heightPx - 1.001, Math.max(0, at - 0.5)), row = Math.floor(inside);
    const down = Math.floor(256 * (inside - row)), start = row * widthPx, out = j * screen.widthPx;
    for (let i = from; i < to; i++) {
      const k = start + columns[i], across = shares[i];
      const above = pixels[k] * (256 - across) + pixels[k + 1] * across;
      const below = pixels[k + widthPx] * (256 - across) + pixels[k + widthPx + 1] * across;
      screen.pixels[out + i] = table[(above * (256 - down) + below * down) / 65536 | 0];
    }
  }
}
