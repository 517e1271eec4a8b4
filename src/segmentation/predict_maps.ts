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

/** Runs the network on square windows of a film, all in one batch; what lies beyond the film is empty. */
export async function predictMaps(
  film: GreyImage,
  { windows, unet, sizePx }: { windows: readonly FilmWindow[]; unet: OpenModel; sizePx: number },
): Promise<FilmMaps[]> {
  if (windows.length === 0) return [];
  const n = sizePx * sizePx;
  const input = new Float32Array(windows.length * 2 * n); // [windows, 2, sizePx, sizePx]
  windows.forEach(({ centerPx, sidePx }, i) => {
    const square = sampleSquare(film, { centerPx, halfSidePx: sidePx / 2, sizePx, fill: NaN });
    input.set(normaliseFilm(square.pixels, sizePx), i * 2 * n);
  });
  const { maps } = await unet.run({ film: { data: input, dims: [windows.length, 2, sizePx, sizePx] } });
  return windows.map((_, i): FilmMaps => {
    const channel = (c: number) => maps.data.subarray((4 * i + c) * n, (4 * i + c + 1) * n);
    let sum = 0;
    for (const p of channel(3)) sum += p;
    return { head: channel(0), left: channel(1), implant: channel(2), inverted: sum / n };
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
