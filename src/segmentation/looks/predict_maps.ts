import { sampleSquare } from "../../image/sample_square.ts";
import type { OpenModel } from "../../onnx/open_model.ts";
import type { GreyImage, GreyValues } from "../../types.ts";
import type { BoxedMask } from "../../masks/boxed_mask.ts";
import { type FilmView, PLAIN_VIEW } from "../view/film_view.ts";
import { normaliseFilm } from "../view/normalise_film.ts";
import type { FilmWindow } from "../outline/outline_head.ts";

/** The network's output for one window: maps of probabilities, each [sizePx, sizePx], and one mean. */
export interface FilmMaps {
  readonly head: Float32Array;
  /** Probability that a head pixel belongs to the patient's left hip. */
  readonly left: Float32Array;
  /** Probability of hip replacement metal. */
  readonly implant: Float32Array;
  /** Probability that the film is a negative: mean over the window. */
  readonly inverted: number;
}

/** Runs the network on square windows of a film in one batch. Pixels outside the film are 0 in both input channels. */
export async function predictMaps(
  film: GreyImage<GreyValues>,
  { windows, unet, sizePx, view = PLAIN_VIEW }: {
    windows: readonly FilmWindow[];
    unet: OpenModel;
    sizePx: number;
    /**
     * View of the windows that is the network's input; the maps are converted back to the plain view.
     *
     * @default {PLAIN_VIEW}
     */
    view?: FilmView;
  },
): Promise<FilmMaps[]> {
  if (windows.length === 0) return [];
  const n = sizePx * sizePx, input = new Float32Array(windows.length * 2 * n); // [windows, 2, sizePx, sizePx]
  windows.forEach(({ centerPx, sidePx }, i) => {
    const square = sampleSquare(film, {
      ...{ centerPx, sizePx, mirror: view.mirror },
      halfSidePx: sidePx / 2,
      fill: NaN,
    });
    input.set(normaliseFilm(square.pixels, sizePx, { view }), i * 2 * n);
  });
  const { maps } = await unet.run({ film: { data: input, dims: [windows.length, 2, sizePx, sizePx] } });
  return windows.map((_, i): FilmMaps => {
    const [head, left, implant, inverted] = [0, 1, 2, 3].map((c) =>
      maps.data.subarray((4 * i + c) * n, (4 * i + c + 1) * n)
    );
    if (view.mirror) {
      for (const map of [head, left, implant]) mirrorRows(map, sizePx);
      for (let k = 0; k < n; k++) left[k] = 1 - left[k]; // a mirrored left hip looks like a right one
    }
    return { head, left, implant, inverted: meanOf(inverted) };
  });
}

function mirrorRows(map: Float32Array, sizePx: number): void {
  for (let row = 0; row < sizePx; row++) map.subarray(row * sizePx, (row + 1) * sizePx).reverse();
}

/** The mean of each map over several views of the same window. */
export function meanMaps(looks: readonly FilmMaps[]): FilmMaps {
  if (looks.length === 1) return looks[0];
  const mean = (name: "head" | "left" | "implant") => {
    const sum = new Float32Array(looks[0][name].length);
    for (const look of looks) for (let i = 0; i < sum.length; i++) sum[i] += look[name][i] / looks.length;
    return sum;
  };
  const inverted = looks.reduce((sum, look) => sum + look.inverted, 0) / looks.length;
  return { head: mean("head"), left: mean("left"), implant: mean("implant"), inverted };
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * {@linkcode meanInside} skips rows and columns of a mask so that it reads between this number and twice as many per
 * radius: the mask of a large head has far more pixels than the map.
 */
const ENOUGH = 30;

/** Mean of a window's map at the pixels inside an outline; 0 if none of them is in the window. */
export function meanInside(
  map: Float32Array,
  { outline, window, sizePx }: { outline: BoxedMask; window: FilmWindow; sizePx: number },
): number {
  const { boxPx, mask } = outline, step = window.sidePx / sizePx;
  const stride = Math.max(1, Math.floor(Math.min(boxPx.width, boxPx.height) / (2 * ENOUGH)));
  const cellOf = (px: number, axis: 0 | 1) =>
    Math.round((px - window.centerPx[axis]) / step + (sizePx - 1) / 2);
  let sum = 0, count = 0;
  for (let y = 0; y < boxPx.height; y += stride) {
    const v = cellOf(boxPx.y + y, 1);
    if (v < 0 || v >= sizePx) continue;
    for (let x = 0; x < boxPx.width; x += stride) {
      if (!mask[y * boxPx.width + x]) continue;
      const u = cellOf(boxPx.x + x, 0);
      if (u < 0 || u >= sizePx) continue;
      sum += map[v * sizePx + u];
      count++;
    }
  }
  return count ? sum / count : 0;
}
