import { assertEquals } from "@std/assert";
import { fileStudyCohort } from "../../../src/study/cohort/file_study_cohort.ts";
import { readStudyModels } from "../../../src/study/measure/read_study_models.ts";
import { SHIPPED_MODELS } from "../../../src/study/models/read_models.ts";
import { trainUnetModels, withSynthetic } from "../../../src/study/train/train_unet_models.ts";
import { writeDiscCohort } from "../disc_cohort.ts";

Deno.test("trainUnetModels: between the films and the first step, a note says what is prepared", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = await writeDiscCohort(`${folder}/discs`, {
      splits: ["train", "train", "validation", "held-out"],
    });
    const said: string[] = [];
    await trainUnetModels({
      ...{ out: `${folder}/unet`, cohort: await fileStudyCohort(path), seed: 1, epochs: 1, device: "cpu" },
      onFilm: (done, total, use) => said.push(`${done} of ${total} for ${use}`),
      note: (line) => said.push(line),
      onProgress: ({ step, steps }) => said.push(`step ${step} of ${steps}`),
    });
    assertEquals(said.slice(0, 5), [
      "1 of 3 for training",
      "2 of 3 for training",
      "3 of 3 for training",
      "Training on 2 films: 1 step of 16 windows. Preparing the network and the first windows.",
      "step 1 of 1",
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("trainUnetModels: fine-tuning copies every other file of the models, so that a study can use the new ones", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = await writeDiscCohort(`${folder}/discs`, {
      splits: ["train", "train", "validation", "held-out"],
    });
    const cohort = await fileStudyCohort(path), out = `${folder}/tuned`;
    const { kept } = await trainUnetModels({
      ...{ out, cohort, from: SHIPPED_MODELS, seed: 1, epochs: 1, device: "cpu", keep: "always" },
    });
    assertEquals(kept, true);
    const { files: { files, plan } } = await readStudyModels(cohort, out);
    const before = await readStudyModels(cohort, SHIPPED_MODELS);
    assertEquals(Object.keys(files).sort(), Object.keys(before.files.files).sort());
    for (const [name, sha] of Object.entries(before.files.plan.models)) {
      assertEquals(plan.models[name] === sha, name !== "unet.onnx", name);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("withSynthetic: in fine-tuning all synthetic films count as training films; otherwise some of them count as validation films", () => {
  const cohort = [
    { of: "films", train: 51, validation: 5 },
    { of: "heads", train: 100, validation: 10 },
    { of: "patients", train: 50, validation: 4 },
  ] as const;
  const synthetic = [
    { of: "films", train: 19, validation: 1 },
    { of: "heads", train: 30, validation: 2 },
  ] as const;
  assertEquals(withSynthetic(cohort, synthetic, { tuned: false }), [
    { of: "films", train: 70, validation: 6 },
    { of: "heads", train: 130, validation: 12 },
    { of: "patients", train: 69, validation: 5 },
  ]);
  assertEquals(withSynthetic(cohort, synthetic, { tuned: true }), [
    { of: "films", train: 71, validation: 5 },
    { of: "heads", train: 132, validation: 10 },
    { of: "patients", train: 70, validation: 4 },
  ]);
});
