import { sampleSquare } from "../image/sample_square.ts";
import type { OpenModel } from "../onnx/open_model.ts";
import type { GreyImage } from "../types.ts";
import type { BoxedMask } from "./dice.ts";
import { normaliseFilm } from "./normalise_film.ts";
import type { FilmWindow } from "./outline_head.ts";

/** What the network says of one window: probabilities, each [sizePx, sizePx]. */
export interface FilmMaps {
  readonly head: Float32Array;
  /** That a head pixel belongs to the patient's left hip. */
  readonly left: Float32Array;
  /** Hip replacement metal. */
  readonly implant: Float32Array;
  /** That the film is a negative of what it should be: mean over the window. */
  readonly inverted: number;
}

/** Turns each row of a picture's channels round: [channels, sizePx, sizePx], from `from` to `to` and back is the same. */
function mirrorRows(from: Float32Array, to: Float32Array, sizePx: number): void {
  for (let row = 0; row < from.length; row += sizePx) {
    for (let x = 0; x < sizePx; x++) to[row + x] = from[row + sizePx - 1 - x];
  }
}

/** Mean of a map and of what the mirrored picture gave, turned back; `swap` where a mirror image means the opposite. */
function meanOfBoth(
  map: Float32Array,
  mirrored: Float32Array,
  { sizePx, swap = false }: { sizePx: number; swap?: boolean },
) {
  const back = new Float32Array(map.length);
  mirrorRows(mirrored, back, sizePx);
  for (let i = 0; i < back.length; i++) back[i] = (map[i] + (swap ? 1 - back[i] : back[i])) / 2;
  return back;
}

/**
 * Runs the network on square windows of a film, all in one batch; what lies beyond the film is empty.
 *
 * @param options.bothWays looks at each window's mirror image too and takes the mean: an outline nearer the truth, for
 * twice the work.
 */
export async function predictMaps(
  film: GreyImage,
  { windows, unet, sizePx, bothWays = false }: {
    windows: readonly FilmWindow[];
    unet: OpenModel;
    sizePx: number;
    bothWays?: boolean;
  },
): Promise<FilmMaps[]> {
  if (windows.length === 0) return [];
  const n = sizePx * sizePx, count = windows.length, batch = bothWays ? 2 * count : count;
  const input = new Float32Array(batch * 2 * n); // [batch, 2, sizePx, sizePx]
  windows.forEach(({ centerPx, sidePx }, i) => {
    const square = sampleSquare(film, { centerPx, halfSidePx: sidePx / 2, sizePx, fill: NaN });
    input.set(normaliseFilm(square.pixels, sizePx), i * 2 * n);
  });
  if (bothWays) mirrorRows(input.subarray(0, count * 2 * n), input.subarray(count * 2 * n), sizePx);
  const { maps } = await unet.run({ film: { data: input, dims: [batch, 2, sizePx, sizePx] } });
  const channel = (i: number, c: number) => maps.data.subarray((4 * i + c) * n, (4 * i + c + 1) * n);
  return windows.map((_, i): FilmMaps => {
    let sum = 0;
    for (const p of channel(i, 3)) sum += p;
    const [head, left, implant] = [0, 1, 2].map((c) =>
      bothWays ? meanOfBoth(channel(i, c), channel(count + i, c), { sizePx, swap: c === 1 }) : channel(i, c)
    );
    return { head, left, implant, inverted: sum / n };
  });
}

/** Mean of a window's map inside an outline, read at the outline's own pixels. */
export function meanInside(
  map: Float32Array,
  { outline, window, sizePx }: { outline: BoxedMask; window: FilmWindow; sizePx: number },
): number {
  const { boxPx, mask } = outline;
  let sum = 0, count = 0;
  for (let y = 0; y < boxPx.height; y += 2) {
    for (let x = 0; x < boxPx.width; x += 2) {
      if (!mask[y * boxPx.width + x]) continue;
      const u = Math.round(((boxPx.x + x - window.centerPx[0]) / window.sidePx + 0.5) * sizePx - 0.5);
      const v = Math.round(((boxPx.y + y - window.centerPx[1]) / window.sidePx + 0.5) * sizePx - 0.5);
      if (u < 0 || v < 0 || u >= sizePx || v >= sizePx) continue;
      sum += map[v * sizePx + u];
      count++;
    }
  }
  return count ? sum / count : 0;
}
