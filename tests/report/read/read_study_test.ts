import { assert, assertClose, assertEquals, assertRejects } from "@std/assert";
import { encodePng } from "../../../src/image/encode_png.ts";
import { readPicture } from "../../../src/report/read/read_picture.ts";
import { readStudy } from "../../../src/report/read/read_study.ts";
import { sampleStudy } from "../../dashboards/sample_study.ts";

Deno.test("a study's tables are joined by head; a colour picture and a missing file are rejected", async () => {
  const folder = await Deno.makeTempDir();
  const written = await sampleStudy(folder, { heads: 60, d: 5, pictures: 2, sizePx: 16 });
  const { heads, comparisons, frames, directions, study } = await readStudy(folder);
  assertEquals(heads.length, 60);
  const at = 37;
  assertEquals([heads[at].headId, heads[at].grade, heads[at].split], [
    written[at].id,
    written[at].grade,
    written[at].split,
  ]);
  assertClose(heads[at].z, written[at].z);
  assert(
    heads.every((head) => head.distance > 0 && head.percentileInterval[0] <= head.percentileInterval[1]),
  );
  assertEquals(comparisons.pairs.length, 10);
  assertEquals([frames.length, directions.length, study.cohort.kind], [9, 4, "synthetic"]);
  const crop = await readPicture(`${folder}/${heads[0].crop}`);
  assertEquals(crop.widthPx, 16);
  assert(crop.pixels.every((value) => value >= 0 && value <= 1));

  const colour = encodePng({ widthPx: 1, heightPx: 1, channels: 3, samples: Uint8Array.of(1, 2, 3) });
  await Deno.writeFile(`${folder}/colour.png`, colour);
  await assertRejects(() => readPicture(`${folder}/colour.png`), SyntaxError, "got 3 channels");
  await Deno.remove(`${folder}/comparisons.json`);
  await assertRejects(() => readStudy(folder), Error, "comparisons.json is missing");
  await Deno.remove(folder, { recursive: true });
});
