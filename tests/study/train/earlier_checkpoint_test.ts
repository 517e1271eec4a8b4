import { assertEquals } from "@std/assert";
import { fileStudyCohort } from "../../../src/study/cohort/file_study_cohort.ts";
import { trainUnetModels } from "../../../src/study/train/train_unet_models.ts";
import { trainVaeModels } from "../../../src/study/train/train_vae_models.ts";
import { writeToyCohort, writeToyModels } from "../toy_models.ts";

Deno.test("a training says at its start if it replaces the checkpoint of an interrupted one, or finds none to resume", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeToyModels(`${folder}/models`);
    await Deno.mkdir(`${folder}/out`);
    for (const path of ["vae.checkpoint", "out/unet.checkpoint"]) {
      await Deno.writeTextFile(`${folder}/${path}`, "x");
    }
    const cohort = await fileStudyCohort(await writeToyCohort(folder, { healthy: 26, diseased: 6 }));
    const signal = AbortSignal.abort(); // ends each training after its first notes
    const noted = async (train: (note: (line: string) => void) => Promise<unknown>) => {
      const notes: string[] = [];
      await train((line) => notes.push(line)).catch(() => {});
      return notes.filter((line) => line.includes("checkpoint"));
    };
    const vae = (options: { work: string; resume?: boolean }) =>
      noted((note) => trainVaeModels(cohort, { out: `${folder}/models`, ...options, note, signal }));
    const unet = (options: { out: string; resume?: boolean }) =>
      noted((note) => trainUnetModels({ films: 40, seed: 1, ...options, note, signal }));
    const said = [
      "A checkpoint of an interrupted training was found; it is replaced. --resume would continue it.",
    ];
    assertEquals(await vae({ work: folder }), said);
    assertEquals(await vae({ work: folder, resume: true }), []);
    assertEquals(await vae({ work: `${folder}/new` }), []);
    assertEquals(await unet({ out: `${folder}/out` }), said);
    assertEquals(await unet({ out: `${folder}/out`, resume: true }), []);
    assertEquals(await unet({ out: `${folder}/new` }), []);
    const none = [
      "No checkpoint was found (it is removed when a training ends): training starts from the beginning.",
    ];
    assertEquals(await vae({ work: `${folder}/newer`, resume: true }), none);
    assertEquals(await unet({ out: `${folder}/newer`, resume: true }), none);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
