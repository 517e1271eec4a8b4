import { assert, assertEquals, assertRejects } from "@std/assert";
import { LEFT_HEAD, RIGHT_HEAD } from "../../../src/segmentation/training/film_pool.ts";
import { fileStudyCohort } from "../../../src/study/cohort/file_study_cohort.ts";
import { fillCohortPool } from "../../../src/study/train/fill_cohort_pool.ts";
import type { UnusableRow } from "../../../src/study/cohort/film_job.ts";
import { phantomStudyCohort } from "../../../src/study/cohort/study_cohort.ts";
import { discPng, discsOf, writeDiscCohort } from "../disc_cohort.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Numbers of the films in a pool, in its order, from the positions of their right heads. */
function filmsIn({ count, sizePx, heads, pixels }: Awaited<ReturnType<typeof fillCohortPool>>["pool"]) {
  return Array.from({ length: count }, (_, at) => {
    const x = Math.round(heads[6 * at]), y = Math.round(heads[6 * at + 1]);
    assert(pixels[at * sizePx * sizePx + y * sizePx + x] > 200, "the head is bright");
    return x - 80; // discsOf moves the right head by the film's number
  });
}

Deno.test("fillCohortPool: training films, then validation films, never held-out ones; labels as in the masks", async () => {
  const splits = ["held-out", "train", "validation", "train", "held-out", "train", "validation"];
  const cohort = await fileStudyCohort(await writeDiscCohort(`${folder}/a`, { splits }));
  const { pool, validationFilms, data } = await fillCohortPool(cohort, { seed: 1 });
  assertEquals([pool.count, validationFilms], [5, 2]);
  assertEquals(filmsIn(pool), [1, 3, 5, 2, 6]);
  assertEquals(data.counts, [
    { of: "films", train: 3, validation: 2 },
    { of: "heads", train: 6, validation: 4 },
    { of: "patients", train: 3, validation: 2 },
  ]);
  assertEquals([...pool.shapes.subarray(0, 2)], [320, 240]);
  const [[rx, ry, radius], [lx, ly]] = discsOf(1),
    at = (x: number, y: number) => pool.labels[y * pool.sizePx + x];
  assertEquals([at(rx, ry), at(lx, ly), at(160, 120)], [RIGHT_HEAD, LEFT_HEAD, 0]);
  assertEquals([at(rx + radius - 1, ry), at(rx + radius + 2, ry)], [RIGHT_HEAD, 0]);
  const circle = [...pool.heads.subarray(0, 3)];
  assert(circle.every((v, i) => Math.abs(v - [rx, ry, radius][i]) < 0.6), `circle ${circle}`);
});

Deno.test("fillCohortPool: the split keeps patients whole, patients with a diseased hip held out, and duplicate films together", async () => {
  const file = await writeDiscCohort(`${folder}/b`, { count: 12, grade: (i) => i % 4 === 3 ? 2 : 0 });
  const at = `${folder}/b/films`;
  await Deno.copyFile(`${at}/f3.png`, `${at}/f0.png`); // a healthy patient's film is that of a diseased one
  for (const side of ["right", "left"]) {
    await Deno.copyFile(`${folder}/b/masks/f3_${side}.png`, `${folder}/b/masks/f0_${side}.png`);
  }
  const searched: number[] = [], filled: number[] = [];
  const { pool, data } = await fillCohortPool(await fileStudyCohort(file), {
    seed: 1,
    onDuplicates: (done, total) => searched.push(done / total),
    onProgress: (done, total) => filled.push(done / total),
  });
  assertEquals([searched.at(-1), filled.at(-1)], [1, 1]); // both reads of the films report their progress
  const films = filmsIn(pool);
  assert(!films.includes(3) && !films.includes(7) && !films.includes(11), `films ${films}`);
  assert(!films.includes(0), "its image is that of a held-out patient");
  assertEquals(new Set(films).size, films.length);
  assert(
    data.notes.some((note) => note.includes("the same image is listed under 2 patients")),
    data.notes.join(),
  );
  assert(data.notes.some((note) => note.includes("healthy heads only")), data.notes.join());
  const again = await fillCohortPool(await fileStudyCohort(file), { seed: 1, workers: 1 });
  assertEquals(filmsIn(again.pool), films);
  assertEquals(again.data, data);
});

Deno.test("fillCohortPool: each bad row is reported with file, reason and fix; the other films are used", async () => {
  const file = await writeDiscCohort(`${folder}/c`, {
    splits: [...Array(10).fill("train"), "validation", "held-out"],
  });
  const mask = (name: string, bytes: Uint8Array) => Deno.writeFile(`${folder}/c/masks/${name}.png`, bytes);
  const [right, left] = discsOf(2);
  await Deno.remove(`${folder}/c/masks/f0_left.png`);
  await Deno.writeTextFile(`${folder}/c/masks/f1_right.png`, "not a picture");
  await mask("f2_left", discPng([right])); // the other head
  await mask("f3_right", discPng([]));
  await mask("f4_right", discPng([right], { widthPx: 160, heightPx: 120 }));
  await mask("f5_left", discPng([left], { inside: 0, outside: 255 }));
  await mask("f6_left", discPng([left, [160, 60, 15]]));
  await Deno.writeTextFile(`${folder}/c/films/f7.png`, "");
  await Deno.remove(`${folder}/c/masks/f11_left.png`); // held out, so a missing mask is no error
  const text = (await Deno.readTextFile(file)).replace("masks/f8_right.png", "");
  await Deno.writeTextFile(file, text);

  const failures: UnusableRow[] = [];
  const { pool, data } = await fillCohortPool(await fileStudyCohort(file), {
    seed: 1,
    onFailure: (row) => failures.push(row),
  });
  assertEquals(filmsIn(pool), [9, 10]);
  const short = failures.map(({ row, file, code }) =>
    `${row} ${file.replace(/^.*\/(films|masks)\//, "")} ${code}`
  );
  assertEquals(short, [
    "3 f0_left.png not-found",
    "4 f1_right.png not-an-image",
    "6 f2_right.png bad-mask",
    "7 f2_left.png bad-mask",
    "8 f3_right.png bad-mask",
    "10 f4_right.png bad-mask",
    "13 f5_left.png bad-mask",
    "15 f6_left.png bad-mask",
    "16 f7.png empty",
    "17 f7.png empty",
    "18 f8.png no-mask",
  ]);
  assertEquals(data.failures, failures.length);
  const reasons = [
    "overlap",
    "overlap",
    "is empty",
    "160 x 120 px, its film 320 x 240",
    "covers 98 %",
    "must have 1 connected patch, got 2",
  ];
  failures.slice(2, 8).forEach(({ message, fix }, i) => {
    assert(message.includes(reasons[i]), message);
    assert(fix !== "");
  });
});

Deno.test("fillCohortPool: one mask for both heads gives the right head on the left of the film", async () => {
  const file = await writeDiscCohort(`${folder}/d`, { splits: ["train", "validation"] });
  await Deno.writeFile(`${folder}/d/masks/f0_both.png`, discPng(discsOf(0)));
  const text = (await Deno.readTextFile(file)).replaceAll(/masks\/f0_\w+\.png/g, "masks/f0_both.png");
  await Deno.writeTextFile(file, text);
  const { pool } = await fillCohortPool(await fileStudyCohort(file), { seed: 1 });
  const [[rx, ry], [lx, ly]] = discsOf(0), at = (x: number, y: number) => pool.labels[y * pool.sizePx + x];
  assertEquals([at(rx, ry), at(lx, ly)], [RIGHT_HEAD, LEFT_HEAD]);
});

Deno.test("fillCohortPool: a synthetic cohort is rendered with its true outlines and cached; held-out patients are not rendered", async () => {
  const small = phantomStudyCohort("small", 1);
  const first = (split: string) => small.jobs.find(({ heads }) => heads[0].split === split)!;
  const jobs = [first("held-out"), first("validation"), first("train")];
  const shelf = { folder: `${folder}/shelf`, fingerprint: small.fingerprint! };
  await Deno.mkdir(shelf.folder);
  const { pool, validationFilms, data } = await fillCohortPool({ ...small, jobs }, { seed: 1, shelf });
  assertEquals([pool.count, validationFilms, data.kind, data.failures], [2, 1, "synthetic", 0]);
  assertEquals([...pool.shapes], [512, 512, 512, 512]); // reduced from 768 pixels
  const kept = [...Deno.readDirSync(shelf.folder)].map(({ name }) => name).sort();
  assertEquals(kept, [jobs[1], jobs[2]].flatMap(({ film }) => [`${film}.json`, `${film}.png`]).sort());
  for (let at = 0; at < 2; at++) {
    const labels = pool.labels.subarray(at * 512 * 512, (at + 1) * 512 * 512);
    for (const [k, bit] of [RIGHT_HEAD, LEFT_HEAD].entries()) {
      const [x, y, radius] = pool.heads.subarray(6 * at + 3 * k, 6 * at + 3 * k + 3);
      const area = labels.filter((label) => label & bit).length / (Math.PI * radius ** 2);
      assert(radius > 15 && radius < 45 && area > 0.8 && area < 1.1, `radius ${radius}, area ${area}`);
      assertEquals(labels[Math.round(y) * 512 + Math.round(x)], bit);
    }
  }
});

Deno.test("fillCohortPool: reports what is missing if no training is possible", async () => {
  const none = await fileStudyCohort(
    await writeDiscCohort(`${folder}/e`, { splits: ["held-out", "held-out"] }),
  );
  await assertRejects(() => fillCohortPool(none, { seed: 1 }), RangeError, "got 0 and 0 of 2 films");
  const file = await writeDiscCohort(`${folder}/f`, { splits: ["train", "validation"] });
  await Deno.writeTextFile(file, (await Deno.readTextFile(file)).replaceAll(/masks\/\w+\.png/g, ""));
  const undrawn = await fileStudyCohort(file);
  await assertRejects(() => fillCohortPool(undrawn, { seed: 1 }), RangeError, "got 2 films and no mask");
});
