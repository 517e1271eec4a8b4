import type { Prng } from "../../array/seeded_prng.ts";
import { degradeWindow } from "./degrade_window.ts";
import { type FilmPool, IMPLANT, LEFT_HEAD, RIGHT_HEAD } from "./film_pool.ts";
import { normaliseFilm } from "../view/normalise_film.ts";

/** One training example: the network's input and the target. */
export interface FilmExample {
  readonly input: Float32Array; // [2, sizePx, sizePx]
  /**
   * Shares of each pixel that are head, left head and implant (no head if the film is not upright); the last channel is
   * 1 if the window is inverted, else 0.
   */
  readonly target: Float32Array; // [4, sizePx, sizePx]
}

/** Position and orientation of a window on a pool film. */
interface Pose {
  /** Centre of the window, pool pixels. */
  readonly x: number;
  readonly y: number;
  /** Pool pixels per window pixel, along each axis. */
  readonly stepX: number;
  readonly stepY: number;
  /** Rotation in radians. */
  readonly angle: number;
  readonly mirror: boolean;
  /** True if the film is upside down or on its side. */
  readonly notUpright: boolean;
}

/** Options for drawing example windows. */
export interface ExampleOptions {
  readonly prng: Prng;
  /** Side of the window in pixels. */
  readonly sizePx: number;
  /** Typical side of the windows around a hip, in radii of its head. */
  readonly windowRadii: number;
}

/**
 * A random pose as in the first pass (approximately the whole film) or the second (a window around a hip, or more
 * rarely around a random point).
 */
function samplePose(pool: FilmPool, film: number, { prng, sizePx, windowRadii }: ExampleOptions): Pose {
  const width = pool.shapes[2 * film], height = pool.shapes[2 * film + 1], long = Math.max(width, height);
  const between = (low: number, high: number) => low + (high - low) * prng();
  const stretch = 1 + 0.05 * prng.normal(), mirror = prng() < 0.5, quarter = quarterTurn(prng);
  const heads = [0, 1].filter((k) => pool.heads[6 * film + 3 * k + 2] > 0);
  if (prng() < 0.45) {
    const step = long / sizePx * (prng() < 0.3 ? 1 : between(0.6, 1.25));
    const shift = 0.12 * long;
    const x = width / 2 + between(-shift, shift), y = height / 2 + between(-shift, shift);
    return {
      x,
      y,
      stepX: step * stretch,
      stepY: step,
      angle: 0.12 * prng.normal() + quarter,
      mirror,
      notUpright: quarter !== 0,
    };
  }
  const headless = [0, 1].filter((k) => pool.headless[6 * film + 3 * k + 2] > 0);
  // A second pass may mistake metal and empty sockets for heads, so they are sampled as often as heads.
  const joints = [
    ...heads.map((k) => pool.heads.subarray(6 * film + 3 * k)),
    ...headless.map((k) => pool.headless.subarray(6 * film + 3 * k)),
  ];
  const joint = joints.length ? joints[prng.integer(joints.length)] : null;
  const radius = joint?.[2] ?? long * between(0.04, 0.12);
  const aimed = joint !== null && prng() >= 0.15;
  const x = aimed ? joint[0] + radius * 0.5 * prng.normal() : width * prng();
  const y = aimed ? joint[1] + radius * 0.5 * prng.normal() : height * prng();
  const radii = prng() < 0.35 ? between(5, 10) : windowRadii * Math.exp(0.22 * prng.normal());
  const step = radii * radius / sizePx;
  return {
    x,
    y,
    stepX: step * stretch,
    stepY: step,
    angle: 0.2 * prng.normal() + quarter,
    mirror,
    notUpright: quarter !== 0,
  };
}

/** Random rotation in radians: mostly 0, sometimes that of a film stored upside down or on its side. */
function quarterTurn(prng: Prng): number {
  const chance = prng();
  return chance < 0.035 ? Math.PI : chance < 0.05 ? Math.PI / 2 : chance < 0.065 ? -Math.PI / 2 : 0;
}

const LABELS = [RIGHT_HEAD, LEFT_HEAD, IMPLANT] as const;

/** Number of cells per side of the grid that deforms a window. */
const BEND_CELLS = 4;

/**
 * Displacements, in window pixels, that deform a window smoothly: normal random values at the nodes of a coarse grid,
 * interpolated between them. 40 % of windows are not deformed. The phantom has few template bones; the deformation
 * gives bones shapes that no template has.
 */
function sampleBend(prng: Prng, sizePx: number): (column: number, row: number, out: Float64Array) => void {
  if (prng() < 0.4) return (_column, _row, out) => out.fill(0);
  const amount = 0.022 * sizePx * prng(), corners = BEND_CELLS + 1;
  const shifts = Float64Array.from({ length: 2 * corners * corners }, () => amount * prng.normal());
  const blend = (t: number) => t * t * (3 - 2 * t);
  return (column, row, out) => {
    const u = column * BEND_CELLS / sizePx, v = row * BEND_CELLS / sizePx;
    const i = Math.floor(u), j = Math.floor(v), a = blend(u - i), b = blend(v - j);
    const at = 2 * (j * corners + i), below = at + 2 * corners;
    for (let axis = 0; axis < 2; axis++) {
      out[axis] = (shifts[at + axis] * (1 - a) + shifts[at + 2 + axis] * a) * (1 - b) +
        (shifts[below + axis] * (1 - a) + shifts[below + 2 + axis] * a) * b;
    }
  };
}

/**
 * Samples the window: grey values (NaN outside the film) and shares of both heads and of metal, in the order of
 * `LABELS`.
 */
function sampleWindow(
  pool: FilmPool,
  film: number,
  { pose, sizePx, prng }: { pose: Pose; sizePx: number; prng: Prng },
) {
  const { sizePx: stride, pixels, labels } = pool, start = film * stride * stride;
  const width = pool.shapes[2 * film], height = pool.shapes[2 * film + 1];
  const n = sizePx * sizePx, values = new Float32Array(n), shares = new Float32Array(LABELS.length * n);
  const cos = Math.cos(pose.angle), sin = Math.sin(pose.angle), flip = pose.mirror ? -1 : 1;
  const taps = Math.max(pose.stepX, pose.stepY) > 1.4 ? 2 : 1;
  const bend = sampleBend(prng, sizePx), shift = new Float64Array(2);
  for (let row = 0, i = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++, i++) {
      let sum = 0, known = 0;
      bend(column, row, shift);
      for (let tap = 0; tap < taps * taps; tap++) {
        const dx = taps === 1 ? 0 : (tap & 1) * 0.5 - 0.25, dy = taps === 1 ? 0 : (tap >> 1) * 0.5 - 0.25;
        const u = (column + shift[0] - sizePx / 2 + 0.5 + dx) * pose.stepX * flip,
          v = (row + shift[1] - sizePx / 2 + 0.5 + dy) * pose.stepY;
        const x = pose.x + u * cos - v * sin, y = pose.y + u * sin + v * cos;
        const x0 = Math.floor(x), y0 = Math.floor(y);
        if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) continue;
        const at = start + y0 * stride + x0, fx = x - x0, fy = y - y0;
        const right = at + 1, below = at + stride, across = below + 1;
        const w00 = (1 - fx) * (1 - fy), w01 = fx * (1 - fy), w10 = (1 - fx) * fy, w11 = fx * fy;
        sum += w00 * pixels[at] + w01 * pixels[right] + w10 * pixels[below] + w11 * pixels[across];
        if (labels[at] | labels[right] | labels[below] | labels[across]) {
          LABELS.forEach((bit, k) => {
            const share = (labels[at] & bit ? w00 : 0) + (labels[right] & bit ? w01 : 0) +
              (labels[below] & bit ? w10 : 0) + (labels[across] & bit ? w11 : 0);
            shares[k * n + i] += share / (taps * taps);
          });
        }
        known++;
      }
      values[i] = known ? sum / known : NaN;
    }
  }
  return { values, shares };
}

/**
 * Draws one training example from a pool film: nearly the whole film, or a window around a head, a replaced joint, an
 * empty socket or a random point. It is rotated and stretched, often deformed or mirrored (left becomes right), with
 * varied display processing, and sometimes inverted.
 */
export function augmentFilm(pool: FilmPool, film: number, options: ExampleOptions): FilmExample {
  const { prng, sizePx } = options, pose = samplePose(pool, film, options);
  const { values, shares } = sampleWindow(pool, film, { pose, sizePx, prng });
  for (let i = 0; i < values.length; i++) values[i] /= 255;
  degradeWindow(values, sizePx, prng);
  const inverted = prng() < 0.06;
  if (inverted) { for (let i = 0; i < values.length; i++) values[i] = -values[i]; }
  const n = sizePx * sizePx, target = new Float32Array(4 * n); // [4, sizePx, sizePx]
  // The autoencoder expects upright heads, so the network must find no head on a film that is not upright.
  if (pose.notUpright) shares.fill(0, 0, 2 * n);
  for (let i = 0; i < n; i++) target[i] = Math.min(1, shares[i] + shares[n + i]);
  target.set(pose.mirror ? shares.subarray(0, n) : shares.subarray(n, 2 * n), n);
  target.set(shares.subarray(2 * n), 2 * n);
  if (inverted) target.fill(1, 3 * n);
  return { input: normaliseFilm(values, sizePx), target };
}
