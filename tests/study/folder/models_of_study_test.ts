import { assert, assertEquals, assertRejects } from "@std/assert";
import { IntegrityError } from "../../../src/files/integrity_error.ts";
import { modelsOfStudy } from "../../../src/study/folder/models_of_study.ts";
import type { StudyRecord } from "../../../src/study/folder/study_record.ts";
import { modelsForFilms, readModels, SHIPPED_MODELS } from "../../../src/study/models/read_models.ts";

const recordWith = (encoder: string) =>
  ({ plan: { models: { "encoder.onnx": encoder } } }) as unknown as StudyRecord;
const encoderOf = async (folder: string) =>
  (await readModels(folder, { need: [] })).plan.models["encoder.onnx"];

Deno.test("modelsOfStudy: finds the folder with the study's encoder, also if it is the folder of models for real films", async () => {
  const real = await modelsForFilms();
  assert(real !== SHIPPED_MODELS);
  for (const folder of [SHIPPED_MODELS, real]) {
    const record = recordWith(await encoderOf(folder));
    assertEquals(await modelsOfStudy(record, { cannot: "Cannot" }), folder);
    assertEquals(await modelsOfStudy(record, { models: folder, cannot: "Cannot" }), folder);
  }
});

Deno.test("modelsOfStudy: an encoder that no models folder has is an error that names the option --models; so is a named folder with another encoder", async () => {
  const other = recordWith("f".repeat(64));
  const refused = await modelsOfStudy(other, { cannot: "Cannot teach" }).catch((error) => error);
  assert(refused instanceof IntegrityError);
  assertEquals(
    refused.message,
    "Cannot teach: the study was made with the encoder ffffffffffff (sha256), no models folder that comes with Caput has it",
  );
  assertEquals(refused.fix, "name the models that the study was made with: --models DIR");
  const real = recordWith(await encoderOf(await modelsForFilms()));
  await assertRejects(
    () => modelsOfStudy(real, { models: SHIPPED_MODELS, cannot: "Cannot teach" }),
    IntegrityError,
    "not that of",
  );
});
