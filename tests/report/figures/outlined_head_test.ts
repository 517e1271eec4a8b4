import { assert, assertEquals, assertRejects } from "@std/assert";
import { parseHTML } from "linkedom";
import { outlinedHead, outlinesOf } from "../../../src/report/figures/outlined_head.ts";
import { readStudy } from "../../../src/report/read/read_study.ts";
import { sampleStudy } from "../../dashboards/sample_study.ts";

const { document } = parseHTML("<!doctype html><html><body></body></html>") as unknown as {
  document: Document;
};

Deno.test("outlinedHead: draws the found and the reference outline; if the study has no outlines, the crop alone", async () => {
  const folder = await Deno.makeTempDir();
  await sampleStudy(folder, { heads: 120, d: 4, sizePx: 32 });
  const study = await readStudy(folder);
  const head = study.heads.find(({ headId }) => study.outlines[headId]?.truth)!;
  const svg = (await outlinedHead(study, head, { width: 200 }))(document).outerHTML;
  assertEquals(svg.match(/<image /g)?.length, 1);
  assertEquals(svg.match(/width="200"/g)?.length, 1);
  assert(svg.includes("#f0e442") && svg.includes("stroke-dasharray"), "found and reference");

  const { headId } = head, [right] = outlinesOf(study, { headId })[0].points;
  const halfSide = study.study.plan.crop.halfSideRadii;
  assertEquals(right, [0.5 + study.outlines[headId].found[0] / 1000 / (2 * halfSide), 0.5]);

  const bare = (await outlinedHead({ ...study, outlines: {} }, head))(document).outerHTML;
  assert(bare.includes("<image ") && !bare.includes("#f0e442"), "the crop alone");
  await assertRejects(
    () => outlinedHead(study, { ...head, crop: "crops/none.png" }),
    Error,
    "crops/none.png is not in the study",
  );
  await Deno.remove(folder, { recursive: true });
});
