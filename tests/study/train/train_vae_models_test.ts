import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../src/input_error.ts";
import { fileStudyCohort } from "../../../src/study/cohort/file_study_cohort.ts";
import { trainVaeModels } from "../../../src/study/train/train_vae_models.ts";
import { writeToyCohort, writeToyModels } from "../toy_models.ts";

Deno.test("trainVaeModels: too few healthy validation heads are rejected before the first step", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeToyModels(`${folder}/models`);
    const file = await writeToyCohort(folder, { healthy: 20, diseased: 4 });
    const [header, ...rows] = (await Deno.readTextFile(file)).trim().split("\n");
    const splitOf = (i: number) => i < 24 ? "train" : i < 30 ? "validation" : "held-out";
    const lines = [`${header},split`, ...rows.map((row, i) => `${row},${splitOf(i)}`)];
    await Deno.writeTextFile(file, `${lines.join("\n")}\n`);
    let steps = 0;
    const options = { out: `${folder}/models`, work: `${folder}/work`, epochs: 1, onProgress: () => steps++ };
    const cohort = await fileStudyCohort(file);
    await assertRejects(
      () => trainVaeModels(cohort, options),
      InputError,
      "at least 8 healthy validation heads and 5 healthy held-out heads are needed, got 6 and 14",
    );
    assertEquals(steps, 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
