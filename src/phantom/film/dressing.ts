import type { Prng } from "../../array/seeded_prng.ts";
import { drawFrame, drawOnFilm } from "../sheet/draw_on_film.ts";
import { maxChords } from "../sheet/fields.ts";
import { type Sheet, sheet } from "../sheet/path_length.ts";
import type { Patient } from "../patient/patient.ts";

/** Strokes of a few letters and digits and of the colon, as x, y pairs in a box of 4 x 6. */
const LETTERS: Record<string, readonly (readonly number[])[]> = {
  L: [[0, 0, 0, 6, 4, 6]],
  R: [[0, 6, 0, 0, 3, 0, 4, 1, 4, 2, 3, 3, 0, 3], [2, 3, 4, 6]],
  P: [[0, 6, 0, 0, 3, 0, 4, 1, 4, 2, 3, 3, 0, 3]],
  A: [[0, 6, 2, 0, 4, 6], [1, 4, 3, 4]],
  E: [[4, 0, 0, 0, 0, 6, 4, 6], [0, 3, 3, 3]],
  X: [[0, 0, 4, 6], [4, 0, 0, 6]],
  "1": [[1, 1, 2, 0, 2, 6]],
  "2": [[0, 1, 1, 0, 3, 0, 4, 1, 4, 2, 0, 6, 4, 6]],
  "7": [[0, 0, 4, 0, 1, 6]],
  "4": [[3, 6, 3, 0, 0, 4, 4, 4]],
  "0": [[1, 0, 3, 0, 4, 1, 4, 5, 3, 6, 1, 6, 0, 5, 0, 1, 1, 0]],
  ":": [[2, 2, 2, 2.1], [2, 4, 2, 4.1]],
};

/**
 * Draws `text` with its top left corner at (x, y). `size` is the height of a letter and `thick` the radius of a stroke,
 * px. `ink` converts the value of a pixel under a stroke to its new value.
 */
export function write(film: Sheet, text: string, { x, y, size, thick, mirrored = false, ink }: {
  x: number;
  y: number;
  size: number;
  thick: number;
  mirrored?: boolean;
  ink: (value: number) => number;
}): void {
  const k = size / 6, n = text.length, x0 = Math.floor(x - thick - 2), y0 = Math.floor(y - thick - 2);
  const patch = sheet(Math.ceil(n * 5.5 * k + 2 * thick + 5), Math.ceil(size + 2 * thick + 5));
  [...text].forEach((c, i) => {
    for (const stroke of LETTERS[c] ?? []) {
      const nodes: number[][] = [];
      for (let q = 0; q < stroke.length; q += 2) {
        const along = (stroke[q] + i * 5.5) * k;
        nodes.push([x - x0 + (mirrored ? n * 5.5 * k - along : along), y - y0 + stroke[q + 1] * k, thick]);
      }
      maxChords(patch, nodes);
    }
  });
  for (let j = Math.max(0, -y0); j < Math.min(patch.heightPx, film.heightPx - y0); j++) {
    for (let i = Math.max(0, -x0); i < Math.min(patch.widthPx, film.widthPx - x0); i++) {
      const at = (j + y0) * film.widthPx + i + x0;
      if (patch.values[j * patch.widthPx + i] > 0.3) film.values[at] = ink(film.values[at]);
    }
  }
}

/** Adds the attenuation of lead markers and collimator leaves; called before the exposure is simulated. */
export function dressBefore(prng: Prng, film: Sheet, patient: Patient, pitchMm: number): void {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const { widthPx: w, heightPx: h, values } = film, { dressing, view } = patient;
  if (dressing.markers > 0) {
    const size = u(8, 18) / pitchMm, lead = u(1.2, 4);
    for (let i = 0; i < dressing.markers; i++) {
      const left = i === 0 ? prng() < 0.5 : prng() < 0.5;
      // The patient's right is on the left of the film, unless the film is displayed from behind.
      const text = (left ? "R" : "L") + (prng() < 0.2 ? "17" : "");
      const onLeft = view.mirrored ? !left : left;
      const x = onLeft ? u(0.03, 0.2) * w : u(0.8, 0.95) * w - size * (text.length - 1);
      write(film, text, {
        x,
        y: u(0.04, 0.9) * h,
        size,
        thick: u(0.06, 0.12) * size,
        mirrored: view.mirrored,
        ink: (v) => v + lead,
      });
    }
  }
  const [l, t, r, b] = dressing.collimatorMm.map((m) => m / pitchMm);
  if (l + t + r + b > 0) {
    const lean = Math.tan(dressing.collimatorTiltDeg * Math.PI / 180), soft = Math.max(0.6, 1.2 / pitchMm);
    for (let y = 0, i = 0; y < h; y++) {
      for (let x = 0; x < w; x++, i++) {
        const dx = lean * (y - h / 2), dy = lean * (x - w / 2);
        let d = 1e9;
        if (l > 0) d = Math.min(d, x - l + dx);
        if (r > 0) d = Math.min(d, w - r - x - dx);
        if (t > 0) d = Math.min(d, y - t - dy);
        if (b > 0) d = Math.min(d, h - b - y + dy);
        if (d < soft) values[i] += dressing.collimatorDensity * (d < -soft ? 1 : (soft - d) / (2 * soft));
      }
    }
  }
}

/**
 * Draws on the processed image (0 to 1): the area covered by the collimator in one grey, a stitching edge, readers'
 * drawings, a frame and burnt-in text.
 *
 * @param options.joints centres and radii of the heads (of hips without a head: of the original heads), px, on which a
 * human reader may have drawn
 */
export function dressAfter(
  prng: Prng,
  film: Sheet,
  patient: Patient,
  { pitchMm, joints }: { pitchMm: number; joints: readonly (readonly [number, number, number])[] },
): void {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const { widthPx: w, heightPx: h, values } = film, { dressing } = patient;
  const [l, t, r, b] = dressing.collimatorMm.map((m) => (m > 0 ? m + 2 : 0) / pitchMm);
  if (dressing.surround !== "none" && l + t + r + b > 0) {
    const grey = dressing.surround === "black" ? 0 : dressing.surround === "white" ? 1 : u(0.2, 0.8);
    for (let y = 0, i = 0; y < h; y++) {
      for (let x = 0; x < w; x++, i++) if (x < l || y < t || x >= w - r || y >= h - b) values[i] = grey;
    }
  }
  if (dressing.stitched) {
    const y0 = Math.floor(u(0.2, 0.8) * h),
      n = Math.max(1, Math.round(u(0, 3) / pitchMm)),
      lift = u(-0.12, 0.12),
      grey = u(0, 1);
    for (let y = y0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        values[y * w + x] = y < y0 + n ? grey : Math.max(0, Math.min(1, values[y * w + x] + lift));
      }
    }
  }
  if (dressing.drawings > 0) drawOnFilm(prng.fork("drawings"), film, { count: dressing.drawings, joints });
  if (dressing.frame !== null) drawFrame(prng.fork("frame"), film, dressing.frame);
  for (let i = 0; i < dressing.burnt; i++) {
    const text = ["L", "R", "AP", "PA", "X2", "14:20", "7", "L 1", "2714"][prng.integer(9)],
      size = u(0.012, 0.04) * h;
    const anywhere = prng() < 0.8 ? (prng() < 0.5 ? u(0.01, 0.1) : u(0.8, 0.95)) * w : u(0, 0.95) * w,
      y = u(0.01, 0.95) * h,
      grey = u(0.6, 1);
    const x = onItsSide(text, anywhere, { reach: size * text.length, w, mirrored: patient.view.mirrored });
    if (prng() < 0.2) {
      box(film, [x - size * 0.5, y - size * 0.5, size * (text.length + 1), size * 2], u(0, 0.3));
    }
    write(film, text, { x, y, size, thick: Math.max(0.6, 0.07 * size), ink: () => grey });
  }
}

/** The x position of a text; a side marker that would be on the wrong half of the film is moved to the other half. */
function onItsSide(
  text: string,
  x: number,
  { reach, w, mirrored }: { reach: number; w: number; mirrored: boolean },
): number {
  if (!/^[LR]/.test(text)) return x;
  const belongsLeft = text.startsWith("R") !== mirrored;
  return belongsLeft === x + reach / 2 < w / 2 ? x : w - x - reach;
}

function box(
  { widthPx: w, heightPx: h, values }: Sheet,
  [x, y, bw, bh]: readonly number[],
  grey: number,
): void {
  for (let j = Math.max(0, Math.floor(y)); j < Math.min(h, y + bh); j++) {
    for (let i = Math.max(0, Math.floor(x)); i < Math.min(w, x + bw); i++) values[j * w + i] = grey;
  }
}
