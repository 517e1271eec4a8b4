/**
 * Contact sheets of synthetic films for visual inspection:
 *
 *   deno run --allow-read --allow-write --allow-sys bench/phantom/contact_sheet.ts KIND OUT.png [SEED] [COUNT] [--outline]
 *
 * KIND is `paper`, `hard`, `training` or `heads` (close-ups, five per grade). `--outline` draws the borders of the true
 * heads, except on close-ups.
 */
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { encodePng } from "../../src/image/encode_png.ts";
import { hardCohort, paperCohort, patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { trainingFilm } from "../../src/phantom/film/training_film.ts";

const args = Deno.args.filter((a) => !a.startsWith("--"));
const [kind = "paper", out = "sheet.png", seed = "1", count = kind === "heads" ? "25" : "24"] = args;
const outline = Deno.args.includes("--outline");
const n = Number(count),
  columns = kind === "heads" ? 5 : 6,
  cell = kind === "heads" ? 240 : 300,
  rows = Math.ceil(n / columns);
const sheet = new Uint8Array(columns * cell * rows * cell);

interface Tile {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly grey: (x: number, y: number) => number;
}

function place(index: number, { widthPx, heightPx, grey }: Tile): void {
  const x0 = (index % columns) * cell, y0 = Math.floor(index / columns) * cell;
  for (let y = 0; y < Math.min(cell, heightPx); y++) {
    for (let x = 0; x < Math.min(cell, widthPx); x++) {
      sheet[(y0 + y) * columns * cell + x0 + x] = Math.max(0, Math.min(255, 255 * grey(x, y)));
    }
  }
}

/** The whole film, with the border of the true mask if requested. */
function whole(
  pixels: ArrayLike<number>,
  mask: Uint8Array,
  { widthPx: w, heightPx: h, top }: { widthPx: number; heightPx: number; top: number },
): Tile {
  const edge = (i: number) => mask[i] === 1 && !(mask[i - 1] && mask[i + 1] && mask[i - w] && mask[i + w]);
  return {
    widthPx: w,
    heightPx: h,
    grey: (x, y) => outline && edge(y * w + x) ? 1 : pixels[y * w + x] / top,
  };
}

/** A square around one head, scaled to its own range of grey values. */
function closeUp(
  film: ReturnType<typeof renderRadiograph>,
  [cx, cy]: readonly [number, number],
  half: number,
): Tile {
  const { stored, widthPx, heightPx } = film.image, values = new Float32Array(cell * cell);
  for (let i = 0; i < values.length; i++) {
    const x = Math.round(cx + (i % cell / cell - 0.5) * 2 * half),
      y = Math.round(cy + (Math.floor(i / cell) / cell - 0.5) * 2 * half);
    values[i] = x < 0 || y < 0 || x >= widthPx || y >= heightPx ? 0 : stored[y * widthPx + x];
  }
  const sorted = values.slice().sort(),
    lo = sorted[values.length * 0.005 | 0],
    hi = sorted[values.length * 0.995 | 0];
  return { widthPx: cell, heightPx: cell, grey: (x, y) => (values[y * cell + x] - lo) / (hi - lo + 1e-6) };
}

const paper = paperCohort(Number(seed)).patients;
for (let i = 0; i < n; i++) {
  if (kind === "training") {
    const film = trainingFilm(seededPrng(Number(seed) * 1000 + i), { sizePx: cell });
    place(i, whole(film.pixels, film.mask, { ...film, top: 1 }));
  } else if (kind === "heads") {
    const grade = Math.floor(i / 5), plan = paper.filter((p) => p.options.grades[0] === grade)[i % 5];
    const film = renderRadiograph(patientOf(plan), { widthPx: 1200 });
    const head = film.truth.heads.find(({ side }) => side === "right");
    if (head) place(i, closeUp(film, head.centerPx, 1.6 * head.radiusPx));
  } else {
    const plan = kind === "hard" ? hardCohort(Number(seed), n).patients[i] : paper[i];
    const patient = patientOf(plan), tall = patient.view.heightMm / patient.view.widthMm;
    const { image, truth } = renderRadiograph(patient, {
      widthPx: Math.round(tall > 1 ? cell / tall : cell),
    });
    const mask = new Uint8Array(image.stored.length);
    for (const { boxPx: b, mask: m } of truth.heads) {
      m.forEach((on, k) =>
        on && (mask[(b.y + Math.floor(k / b.width)) * image.widthPx + b.x + k % b.width] = 1)
      );
    }
    place(i, whole(image.stored, mask, { ...image, top: 2 ** image.bitsStored - 1 }));
  }
}
await Deno.writeFile(
  out,
  encodePng({ widthPx: columns * cell, heightPx: rows * cell, samples: sheet }, { level: 6 }),
);
