import type { FilmMaps } from "./predict_maps.ts";

/**
 * Resamples the maps of a window to another window with the same centre, with interpolation. Outside the original
 * window the values of its border are repeated.
 *
 * @param options.scale side of the original window divided by that of the new one
 * @param options.sizePx side of the maps in pixels, before and after
 */
export function rescaleMaps(maps: FilmMaps, { scale, sizePx }: { scale: number; sizePx: number }): FilmMaps {
  if (scale === 1) return maps;
  const cells = new Int32Array(sizePx), shares = new Float64Array(sizePx);
  for (let i = 0; i < sizePx; i++) {
    const at = Math.min(sizePx - 1, Math.max(0, (i + 0.5 - sizePx / 2) / scale + sizePx / 2 - 0.5));
    cells[i] = Math.min(sizePx - 2, Math.floor(at));
    shares[i] = at - cells[i];
  }
  const rescale = (map: Float32Array) => {
    const out = new Float32Array(map.length);
    for (let y = 0, i = 0; y < sizePx; y++) {
      const row = cells[y] * sizePx, b = shares[y];
      for (let x = 0; x < sizePx; x++, i++) {
        const at = row + cells[x], a = shares[x], under = at + sizePx;
        out[i] = (map[at] + (map[at + 1] - map[at]) * a) * (1 - b) +
          (map[under] + (map[under + 1] - map[under]) * a) * b;
      }
    }
    return out;
  };
  const { head, left, implant, inverted } = maps;
  return { head: rescale(head), left: rescale(left), implant: rescale(implant), inverted };
}
