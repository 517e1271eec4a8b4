import { assert, assertEquals, assertRejects } from "@std/assert";
import { deskLearning } from "../../src/desk/desk_learning.ts";
import { lastLearnt, learnFromDesk, type LearnFromDeskOptions } from "../../src/desk/learn_from_desk.ts";
import { readRadiograph } from "../../src/radiograph/read_radiograph.ts";
import { SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import { discCorrections } from "./disc_corrections.ts";
import { discPng, discsOf } from "../study/disc_cohort.ts";

/** Films of discs, outlined and checked by reader R1. */
async function corrected(folder: string, count: number): Promise<LearnFromDeskOptions> {
  const lines: string[] = [], films: { path: string; radiograph: string }[] = [];
  for (let i = 0; i < count; i++) {
    const path = `${folder}/f${i}.png`, discs = discsOf(i);
    await Deno.writeFile(path, discPng(discs, { inside: 200 + i, outside: 40 }));
    lines.push(...await discCorrections(path, discs));
    films.push({ path, radiograph: `f${i}.png` });
  }
  await Deno.writeTextFile(`${folder}/corrections.jsonl`, `${lines.join("\n")}\n`);
  return {
    ...{ log: `${folder}/corrections.jsonl`, films, filmFolder: folder, folder, from: SHIPPED_MODELS },
    ...{ reader: "R1", read: readRadiograph, synthetic: 4, epochs: 1 },
  };
}

Deno.test("learnFromDesk: trains on checked films, compares the networks on films excluded from training, and reports the result", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const options = await corrected(folder, 4), stages = new Set<string>();
    const learnt = await learnFromDesk({
      ...options,
      onProgress: ({ stage, done, total }) => {
        stages.add(stage);
        if (done === total) stages.add(`${total} ${stage}`);
      },
    });
    assertEquals([learnt.films, learnt.left, learnt.steps], [4, 0, 1]);
    const { films, heads, synthetic, better, reason } = learnt.comparison;
    assertEquals([films, heads.length, (synthetic?.heads.length ?? 0) > 10, reason !== ""], [
      1,
      2,
      true,
      true,
    ]);
    assertEquals(learnt.models, better ? "learnt-1" : null);
    assertEquals(await Deno.stat(`${folder}/learnt-1`).then(() => true, () => false), better);
    assertEquals((await lastLearnt(folder))?.comparison.heads, heads);
    for (const stage of ["outlines", "films", "training", "comparing"]) assert(stages.has(stage), stage);
    assert(
      stages.has("24 films"),
      "rendering the films for the comparison takes some time, so it is reported",
    );
    await Deno.remove(options.films[0].path);
    await assertRejects(() => learnFromDesk(options), RangeError, "at least 4 corrected films, got 3");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("deskLearning: a second start does nothing; cancelling says how to continue; an error has a fix", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const options = await corrected(folder, 4);
    let started = 0;
    const filmsNow = () => {
      started++;
      return options.films;
    };
    const learning = deskLearning({ ...options, filmsNow, shown: "films" });
    assertEquals([(await learning.state()).running, (await learning.state()).last], [false, null]);
    learning.start();
    learning.start();
    assertEquals([(await learning.state()).running, started], [true, 1]);
    learning.cancel();
    await learning.ended();
    const { running, error } = await learning.state();
    assertEquals([running, error], [false, "Stopped. Press Start to continue from the last checkpoint."]);
    const few = deskLearning({ ...options, filmsNow: () => options.films.slice(0, 2), shown: "films" });
    few.start();
    await few.ended();
    assert(
      (await few.state()).error?.includes("at least 4 corrected films, got 2"),
      (await few.state()).error!,
    );
    assert((await few.state()).error?.includes("press Enter"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
