import { encodePng } from "../../src/image/encode_png.ts";

/** A disc on a film: its centre and radius in pixels. */
export type Disc = readonly [x: number, y: number, radius: number];

/** An image of discs of value `inside` on a background of `outside`. */
export function discPng(
  discs: readonly Disc[],
  { widthPx = 320, heightPx = 240, inside = 255, outside = 0 } = {},
): Uint8Array<ArrayBuffer> {
  const samples = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < samples.length; i++) {
    const x = i % widthPx, y = Math.floor(i / widthPx);
    samples[i] = discs.some(([cx, cy, radius]) => Math.hypot(x - cx, y - cy) <= radius) ? inside : outside;
  }
  return encodePng({ widthPx, heightPx, samples }, { level: 1 });
}

/** Positions of the heads of film `i`: the patient's right, then left. */
export const discsOf = (i: number): readonly [Disc, Disc] => [[80 + i, 120, 22], [240 - i, 118, 20]];

/**
 * Writes a cohort of discs with drawn masks: `films/`, `masks/`, `cohort.csv`, one film per patient.
 *
 * @param options.splits subset of each patient, or undefined to omit the column
 * @param options.count number of patients if `splits` is undefined
 * @param options.grade grade of both heads of patient `i`. @default 0
 * @returns path of the cohort file
 */
export async function writeDiscCohort(
  folder: string,
  { splits, count = splits?.length ?? 0, grade = () => 0 }: {
    splits?: readonly string[];
    count?: number;
    grade?: (i: number) => number;
  },
): Promise<string> {
  for (const name of ["films", "masks"]) await Deno.mkdir(`${folder}/${name}`, { recursive: true });
  const lines = [`radiograph,patient,side,grade,mask${splits ? ",split" : ""}`];
  for (let i = 0; i < count; i++) {
    const discs = discsOf(i);
    await Deno.writeFile(`${folder}/films/f${i}.png`, discPng(discs, { inside: 200 + i, outside: 40 }));
    for (const [k, side] of ["right", "left"].entries()) {
      await Deno.writeFile(`${folder}/masks/f${i}_${side}.png`, discPng([discs[k]]));
      const row = [`films/f${i}.png`, `P${i}`, side, grade(i), `masks/f${i}_${side}.png`];
      lines.push([...row, ...(splits ? [splits[i]] : [])].join(","));
    }
  }
  const path = `${folder}/cohort.csv`;
  await Deno.writeTextFile(path, `${lines.join("\n")}\n`);
  return path;
}
