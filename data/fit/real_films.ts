import { readRealFilms, type RealFilm } from "../../bench/labelled_films/read_real_films.ts";
import { encodePng } from "../../src/image/encode_png.ts";

/**
 * Films of one hip on which no part of a second head is visible, and the side of that hip, determined by eye from the
 * visible part of the pelvis.
 */
const SINGLE_HIPS: Readonly<Record<string, "left" | "right">> = {
  "f097.png": "right",
  "f103.png": "left",
  "f105.png": "left",
  "f107.png": "right",
  "f109.png": "left",
};
/** Every tenth film is used to choose between networks and not for training. */
const VALIDATION_EVERY = 10;

/**
 * Converts the real films that may be used for training to a cohort with masks: copies the films marked `train` from
 * FOLDER to OUT, draws the circle of each head as a mask, and writes `OUT/cohort.csv` with grade 0 for every head. Films
 * marked `measure`, and films on which the sides are not known, are omitted.
 *
 *     deno run --allow-read --allow-write data/fit/real_films.ts ../shared/data/films OUT
 */
async function main([folder, out]: readonly string[]): Promise<void> {
  if (!folder || !out) throw new Error("Name the folder of the films and the folder to write: FOLDER OUT");
  Deno.mkdirSync(out, { recursive: true });
  const lines = ["radiograph,patient,side,grade,mask,split"];
  let count = 0;
  for (const film of await readRealFilms(folder)) {
    if (film.use !== "train") continue;
    const { name } = film, sides = sidesOf(film);
    if (!sides) continue;
    const split = count++ % VALIDATION_EVERY === VALIDATION_EVERY - 1 ? "validation" : "train";
    Deno.copyFileSync(`${folder}/${name}`, `${out}/${name}`);
    film.heads.forEach((head, i) => {
      const mask = name.replace(".png", `_${sides[i]}.png`);
      Deno.writeFileSync(`${out}/${mask}`, disc(head, film));
      lines.push([name, name.replace(".png", ""), sides[i], 0, mask, split].join(","));
    });
  }
  Deno.writeTextFileSync(`${out}/cohort.csv`, lines.join("\n") + "\n");
  console.log(`${out}/cohort.csv: ${count} films, ${lines.length - 1} heads`);
}

/** Sides of the heads on a film, or null if unknown. On a film of the pelvis the patient's right hip is on the left. */
function sidesOf({ name, group, heads }: RealFilm): ("left" | "right")[] | null {
  if (heads.length === 1) return name in SINGLE_HIPS ? [SINGLE_HIPS[name]] : null;
  if (!group.includes("pelvis") || heads.length !== 2) return null;
  return heads[0].centerPx[0] < heads[1].centerPx[0] ? ["right", "left"] : ["left", "right"];
}

function disc(
  { centerPx: [cx, cy], radiusPx }: RealFilm["heads"][number],
  { widthPx, heightPx }: RealFilm,
): Uint8Array {
  const samples = new Uint8Array(widthPx * heightPx);
  for (let y = 0, i = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, i++) if (Math.hypot(x - cx, y - cy) <= radiusPx) samples[i] = 255;
  }
  return encodePng({ widthPx, heightPx, samples }, { level: 1 });
}

await main(Deno.args);
