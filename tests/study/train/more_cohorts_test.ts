import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileStudyCohort } from "../../../src/study/cohort/file_study_cohort.ts";
import { trainVaeModels } from "../../../src/study/train/train_vae_models.ts";
import { writeToyCohort, writeToyModels } from "../toy_models.ts";

Deno.test("trainVaeModels: heads of further cohorts are trained on, but are not in the normative model or the split", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeToyModels(`${folder}/alone`);
    await writeToyModels(`${folder}/more`);
    for (const name of ["a", "b"]) await Deno.mkdir(`${folder}/${name}`);
    const cohort = await fileStudyCohort(await writeToyCohort(`${folder}/a`, { healthy: 26, diseased: 6 }));
    const other = await fileStudyCohort(await writeToyCohort(`${folder}/b`, { healthy: 20, diseased: 6 }));
    const options = { work: `${folder}/work`, epochs: 1 };
    const said: string[] = [];
    const alone = await trainVaeModels(cohort, {
      ...{ ...options, out: `${folder}/alone` },
      note: (line) => said.push(line),
      onProgress: ({ step, steps }) => step === steps && said.push("last step"),
      progress: (label) => ({ update: () => {}, end: () => said.push(`end of ${label}`) }),
    });
    const from = said.lastIndexOf("last step");
    assertEquals(said.slice(from, from + 3), [
      "last step",
      "Measuring the trained network: latent coordinates and residual scale.",
      "end of crops for latent coordinates and residual scale",
    ]);
    const more = await trainVaeModels(cohort, {
      ...{ ...options, out: `${folder}/more` },
      more: [{ cohort: other, work: `${folder}/work_b` }],
    });
    assert(more.train > alone.train, `${more.train} training heads`);
    assertEquals(more.validation, alone.validation);
    assertEquals([alone.plan!.vae.added, more.plan!.vae.added], [undefined, more.train - alone.train]);
    assertEquals(more.plan!.splitSha256, alone.plan!.splitSha256);
    assertEquals(more.judged!.normative.n, alone.judged!.normative.n);
    assertEquals(more.judged!.normative.reference.n, alone.judged!.normative.reference.n);
    const record = JSON.parse(await Deno.readTextFile(`${folder}/more/training.json`)).vae.data;
    const [heads, patients] = record.counts;
    assertEquals([heads.train, patients.train], [more.train, more.train / 2]);
    assertStringIncludes(record.notes[0], `${more.train - alone.train} of the training heads are of `);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
