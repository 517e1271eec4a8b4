import { assertEquals } from "@std/assert";
import { fileStudyCohort } from "../../../src/study/cohort/file_study_cohort.ts";
import { trainUnetModels } from "../../../src/study/train/train_unet_models.ts";
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
