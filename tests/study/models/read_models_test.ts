import { assert, assertEquals, assertRejects } from "@std/assert";
import { IntegrityError } from "../../../src/files/integrity_error.ts";
import { readModels, SHIPPED_MODELS, shippedFolder } from "../../../src/study/models/read_models.ts";

Deno.test("shipped models: a folder on disk, or a URL if Caput was imported over the network", async () => {
  assert(Deno.statSync(`${SHIPPED_MODELS}/plan.json`).isFile);
  const folder = shippedFolder("https://jsr.io/@caput/caput/0.1.0/src/study/models/read_models.ts");
  assertEquals(folder, "https://jsr.io/@caput/caput/0.1.0/models");
  await assertRejects(() => readModels(folder, { need: [] }), IntegrityError, "imported over the network");
});
