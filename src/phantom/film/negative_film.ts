import type { Prng } from "../../array/seeded_prng.ts";
import { expose } from "./expose.ts";
import { addEnlarged, landscape, maxChord, maxChords } from "../sheet/fields.ts";
import { type Sheet, sheet } from "../sheet/path_length.ts";
import type { Processing } from "../patient/patient.ts";
import { processFilm } from "./process_film.ts";

/** Kinds of images: `slice` resembles an axial CT slice, `hinge` a knee or an elbow. */
const KINDS = ["blank", "noise", "slice", "chest", "limb", "hinge", "shoulder", "skull", "blobs"] as const;

/**
 * An image without a femoral head: blank, noise, or round and bony objects. A segmentation network must find nothing on
 * it. Values are from 0 to 1.
 */
export function negativeFilm(prng: Prng, { widthPx: w, heightPx: h, processing }: {
  widthPx: number;
  heightPx: number;
  processing: Processing;
}): Sheet {
  const film = sheet(w, h), u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const kind = KINDS[prng.integer(KINDS.length)], n = Math.min(w, h), pitchMm = u(0.5, 1.2) * 350 / n;
  if (kind === "noise") {
    const cell = 10 ** u(0, 2), hills = landscape(prng, film, cell);
    for (let i = 0; i < film.values.length; i++) {
      film.values[i] = Math.max(0, Math.min(1, 0.5 + u(0.05, 0.06) * 4 * hills.values[i]));
    }
    return film;
  }
  const flesh = sheet(w, h);
  if (kind !== "blank") {
    maxChord(flesh, [w * u(0.2, 0.8), h * u(-0.3, 0.3), n * u(0.2, 0.7)], [
      w * u(0.2, 0.8),
      h * u(0.7, 1.3),
      n * u(0.2, 0.7),
    ]);
  }
  for (let i = 0; i < film.values.length; i++) film.values[i] = flesh.values[i] * (2.6 / n) * 1.2;
  draw(kind, prng, film);
  const cells = landscape(prng, film, n * u(0.05, 0.3)), mottle = u(0.01, 0.12);
  for (let i = 0; i < film.values.length; i++) {
    film.values[i] = Math.max(0, film.values[i] * (1 + mottle * cells.values[i]));
  }
  if (kind === "blank") addEnlarged(film, landscape(prng, { widthPx: 8, heightPx: 8 }, 3), u(0, 1));
  expose(prng, film, processing, { pitchMm });
  processFilm(film, processing, { pitchMm });
  return film;
}

function draw(kind: typeof KINDS[number], prng: Prng, film: Sheet): void {
  const { widthPx: w, heightPx: h } = film,
    n = Math.min(w, h),
    u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  /** Adds a bone: cortex and marrow space. */
  const bone = (nodes: readonly (readonly number[])[], wall: number, dense = 1) => {
    const outer = sheet(w, h), inner = sheet(w, h);
    maxChords(outer, nodes);
    maxChords(inner, nodes.map(([x, y, r]) => [x, y, Math.max(0.3, r - wall)]));
    const k = 350 / n * dense;
    for (let i = 0; i < film.values.length; i++) {
      if (outer.values[i] > 0) {
        film.values[i] += k * (0.05 * (outer.values[i] - inner.values[i]) + 0.011 * inner.values[i]);
      }
    }
  };
  const wall = n * u(0.004, 0.015);
  if (kind === "slice") {
    const x = w * u(0.4, 0.6), y = h * u(0.4, 0.6), r = n * u(0.25, 0.48);
    film.values.fill(0);
    ring(film, [x, y, r, r * u(0.6, 1)], u(0.5, 3));
    for (let i = 0; i < 12; i++) {
      ring(
        film,
        [x + r * u(-0.7, 0.7), y + r * u(-0.6, 0.6), r * u(0.03, 0.3), r * u(0.03, 0.3)],
        u(-0.8, 1.2),
      );
    }
    if (prng() < 0.5) ring(film, [x, y, r, r * u(0.7, 1)], u(0.5, 3), r * u(0.8, 0.96));
  } else if (kind === "chest") {
    const x = w * u(0.4, 0.6);
    for (const s of [-1, 1]) {
      ring(film, [x + s * w * 0.22, h * 0.5, w * u(0.14, 0.2), h * u(0.28, 0.4)], -u(0.8, 2));
      for (let i = 0; i < 9; i++) {
        const y = h * (0.1 + i * 0.085), d = h * u(0.05, 0.12);
        bone(
          Array.from(
            { length: 9 },
            (_, q) => [x + s * w * (0.04 + 0.38 * Math.sin(q / 8 * 1.9)), y + d * q / 8 * 2 - d, n * 0.011],
          ),
          n * 0.004,
        );
      }
    }
    for (let i = 0; i < 12; i++) {
      bone(
        [[x - n * 0.03, h * (i + 0.5) / 12, n * 0.03], [x + n * 0.03, h * (i + 0.5) / 12, n * 0.03]],
        n * 0.004,
      );
    }
    ring(film, [x + w * 0.07, h * 0.62, w * 0.16, h * 0.2], u(0.5, 1.5));
  } else if (kind === "limb" || kind === "hinge" || kind === "shoulder") {
    const x = w * u(0.35, 0.65), y = h * u(0.35, 0.65), r = n * u(0.04, 0.12), a = u(-0.4, 0.4);
    const far = (t: number, bend = 0) => [x + Math.sin(a + bend) * t * h, y + Math.cos(a + bend) * t * h];
    if (kind === "limb") {
      bone(
        [[...far(-0.8), r], [...far(-0.3), r * 0.8], [...far(0.3), r * 0.8], [...far(0.8), r]],
        wall * 1.5,
      );
    } else {
      const wide = r * u(1.5, 2.3), b = u(-0.6, 0.6), split = wide * u(0.4, 0.7);
      bone([[...far(-0.9), r], [...far(-0.25), r], [...far(-0.08), wide * 0.9]], wall);
      for (const s of [-1, 1]) {
        bone([[far(-0.07)[0] + s * split, far(-0.07)[1], wide * 0.8], [
          far(-0.05)[0] + s * split,
          far(-0.05)[1],
          wide * 0.7,
        ]], wall * 0.6);
      }
      bone([[...far(0.05, b), wide], [...far(0.25, b), r], [...far(0.9, b), r]], wall);
      if (prng() < 0.5) bone([[...far(0.03), r], [...far(0.04), r * 0.8]], wall * 0.6, 0.7); // kneecap
      if (kind === "shoulder") {
        bone([[x + n * 0.25, y - n * 0.2, r * 0.5], [x - n * 0.05, y - n * 0.15, r * 0.4], [
          x - n * 0.3,
          y - n * 0.2,
          r * 0.35,
        ]], wall * 0.5);
        bone([[x - n * 0.12, y - n * 0.05, r], [x - n * 0.3, y + n * 0.3, r * 0.6]], wall * 0.5, 0.6);
      }
    }
  } else if (kind === "skull") {
    const x = w * u(0.4, 0.6), y = h * u(0.35, 0.5), r = n * u(0.25, 0.4);
    bone([[x, y, r], [x + r * u(-0.3, 0.3), y + r * 0.3, r * 0.95]], n * 0.015, 0.6);
    for (const s of [-1, 1]) ring(film, [x + s * r * 0.4, y + r * 0.4, r * 0.25, r * 0.2], -0.6);
    for (let i = 0; i < 8; i++) {
      bone(
        [[x + r * (i - 4) * 0.1, y + r * 0.95, r * 0.05], [x + r * (i - 4) * 0.1, y + r * 1.1, r * 0.04]],
        1,
      );
    }
  } else if (kind === "blobs") {
    for (let i = 0, m = 1 + prng.integer(14); i < m; i++) {
      const x = u(0, w), y = u(0, h), r = n * u(0.01, 0.14);
      if (prng() < 0.5) ring(film, [x, y, r, r * u(0.5, 1)], u(-0.6, 2), prng() < 0.4 ? r * u(0.5, 0.95) : 0);
      else bone([[x, y, r], [x + n * u(-0.5, 0.5), y + n * u(-0.5, 0.5), r * u(0.3, 1)]], wall);
    }
  }
}

/** Adds `amount` inside an ellipse, or in a ring if `hole` is above 0; values below 0 become 0. */
function ring(
  { widthPx: w, heightPx: h, values }: Sheet,
  [x, y, rx, ry]: readonly number[],
  amount: number,
  hole = 0,
): void {
  for (let j = Math.max(0, Math.ceil(y - ry)); j <= Math.min(h - 1, y + ry); j++) {
    for (let i = Math.max(0, Math.ceil(x - rx)); i <= Math.min(w - 1, x + rx); i++) {
      const d = Math.hypot((i - x) / rx, (j - y) / ry);
      if (d < 1 && d * rx >= hole) values[j * w + i] = Math.max(0, values[j * w + i] + amount);
    }
  }
}
