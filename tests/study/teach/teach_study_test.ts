import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { decode } from "fast-png";
import { IntegrityError } from "../../../src/files/integrity_error.ts";
import { writeTeachingFilm } from "../../../src/report/video/teaching_film.ts";
import { teachStudy } from "../../../src/study/teach/teach_study.ts";

const MODELS = new URL("../../../models/", import.meta.url);

Deno.test("teachStudy: every image of the same hip is found and scored; animation, strip and handout are written", async () => {
  const folder = await Deno.makeTempDir();
  for (const name of ["normative.json", "yardsticks.json"]) {
    await Deno.copyFile(new URL(name, MODELS), `${folder}/${name}`);
  }
  const plan = JSON.parse(await Deno.readTextFile(new URL("plan.json", MODELS)));
  const study = (models: Record<string, string>) =>
    Deno.writeTextFile(
      `${folder}/study.json`,
      JSON.stringify({ plan: { ...plan, models }, hashes: { outputs: {} } }),
    );
  await study({ ...plan.models, "encoder.onnx": "f".repeat(64) });
  await assertRejects(
    () => teachStudy(folder, { device: "cpu", frames: 5 }),
    IntegrityError,
    "the study was made with the encoder",
  );
  await study(plan.models);
  const record = await teachStudy(folder, { device: "cpu", frames: 5 });
  assertEquals(record.frames.map(({ stage }) => stage), [0, 1, 2, 3, 4]);
  assertEquals(record.missed, []);
  assert(record.frames.every(({ distance, residual }) => distance > 0 && residual > 0));
  assert(
    record.frames[4].residual > record.frames[0].residual,
    "the decoder of healthy heads cannot draw a collapse",
  );
  const picture = (path: string) => Deno.readFile(`${folder}/${path}`).then((bytes) => decode(bytes).data);
  const [first, last] = [
    await picture(record.frames[0].difference),
    await picture(record.frames[4].difference),
  ];
  assertEquals(new Set(first), new Set([128]), "the first image must not differ from itself");
  const changed = Array.from(last).filter((v) => Math.abs(v - 128) > 10).length / last.length;
  assert(changed > 0.01 && changed < 0.5, `${changed} of the picture changed`);
  const files = await writeTeachingFilm(folder, record);
  assertEquals(files.length, 6);
  const handout = await Deno.readTextFile(`${folder}/teaching/handout.html`);
  assertStringIncludes(handout, "From which image on is it diseased?");
  assertStringIncludes(handout, "not a medical device");
  const gif = await Deno.readFile(`${folder}/teaching/the_same_hip.gif`);
  assertEquals(new TextDecoder().decode(gif.subarray(0, 6)), "GIF89a");
  await Deno.remove(folder, { recursive: true });
});
