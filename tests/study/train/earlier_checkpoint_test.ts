import { assertEquals, assertRejects } from "@std/assert";
import { fileStudyCohort } from "../../../src/study/cohort/file_study_cohort.ts";
import { continuesFrom } from "../../../src/study/train/earlier_checkpoint.ts";
import { trainUnetModels } from "../../../src/study/train/train_unet_models.ts";
import { trainVaeModels } from "../../../src/study/train/train_vae_models.ts";
import { writeCheckpoint } from "../../../src/training/loop/checkpoint.ts";
import { writeToyCohort, writeToyModels } from "../toy_models.ts";

Deno.test("a training says at its start if it replaces the checkpoint of an interrupted training, or finds no checkpoint to resume", async () => {
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

Deno.test("continuesFrom: names the options that differ from those of the interrupted training", async () => {
  const folder = await Deno.makeTempDir(), path = `${folder}/x.checkpoint`;
  try {
    const layout = { parameters: [], statistics: [] };
    const memory = {
      ...{ firstLoss: null, bestScore: null, bestStep: 0, badValidations: 0, recentLosses: [], history: [] },
    };
    const write = (options?: Record<string, string | number | null>) =>
      writeCheckpoint(path, { step: 3, fingerprint: "f", layout, memory, options, vectors: {} });
    await write({ "--seed": 1, "--epochs": null, "--share": 0.3 });
    const resume = (options: Record<string, string | number | null>) =>
      continuesFrom(path, { resume: true, options });
    assertEquals(await resume({ "--seed": 1, "--epochs": null, "--share": 0.3 }), true);
    await assertRejects(
      () => resume({ "--seed": 2, "--epochs": 4, "--share": 0.3 }),
      Error,
      "Cannot continue the interrupted training with other options: --seed was 1 and is now 2; " +
        "--epochs was not given and is now 4",
    );
    assertEquals(await continuesFrom(path, { options: { "--seed": 2 } }), false);
    await write(); // a checkpoint without options is compared by the trainer alone
    assertEquals(await resume({ "--seed": 2 }), true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a training refuses to continue with other options before it reads a film", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const stop = new AbortController();
    const train = { out: `${folder}/out`, films: 40, epochs: 1, seed: 1, threads: 1, device: "cpu" } as const;
    const { result } = await trainUnetModels({
      ...train,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    assertEquals(result.reason, "aborted");
    let read = 0;
    await assertRejects(
      () => trainUnetModels({ ...train, epochs: 2, resume: true, onFilm: () => read++ }),
      Error,
      "--epochs was 1 and is now 2",
    );
    assertEquals(read, 0);

    await writeToyModels(`${folder}/models`);
    const cohort = await fileStudyCohort(await writeToyCohort(folder, { healthy: 40, diseased: 6 }));
    const vae = { out: `${folder}/models`, work: `${folder}/work`, epochs: 2 };
    const again = new AbortController(), bars: string[] = [];
    const { plan } = await trainVaeModels(cohort, {
      ...{ ...vae, signal: again.signal, onProgress: () => again.abort() },
    });
    assertEquals(plan, null);
    await assertRejects(
      () =>
        trainVaeModels(cohort, {
          ...{ ...vae, epochs: 3, resume: true },
          progress(label) {
            bars.push(label);
            return { update() {}, end() {} };
          },
        }),
      Error,
      "--epochs was 2 and is now 3",
    );
    assertEquals(bars, []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
