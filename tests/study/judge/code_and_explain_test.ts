import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { codeAndExplain } from "../../../src/study/judge/code_and_explain.ts";
import { openNetworks } from "../../../src/study/models/model_set.ts";
import { readModels } from "../../../src/study/models/read_models.ts";
import { writeToyModels } from "../toy_models.ts";

Deno.test("codeAndExplain: leftOutResiduals measure each validation head as if it were new", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeToyModels(folder);
    const files = await readModels(folder, {
      need: ["encoder.onnx", "decoder.onnx", "residual_scale.bin"],
    });
    const networks = await openNetworks(files, { device: "cpu" });
    const n = 24, { sizePx } = files.plan.crop, prng = seededPrng(4);
    const bytes = Uint8Array.from({ length: n * sizePx * sizePx }, () => 100 + 20 * prng.normal());
    await Deno.writeFile(`${folder}/crops.bin`, bytes);
    const heads = Array.from({ length: n }, (_v, i) => ({ headId: `H${i}`, side: "right" as const }));
    const run = (validation: number[]) =>
      codeAndExplain([{ path: `${folder}/crops.bin`, count: n }], {
        ...{ ...networks, plan: files.plan, heads, validation },
      });
    const validation = Array.from({ length: 12 }, (_v, i) => i);
    const { residuals, leftOutResiduals } = await run(validation);
    assertEquals(leftOutResiduals!.length, 12);
    for (const i of [0, 5, 11]) {
      const { residuals: asNew } = await run(validation.filter((each) => each !== i));
      assertClose(leftOutResiduals![i], asNew[i], { absolute: 1e-5 });
    }
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const own = mean(residuals.slice(0, 12)), fresh = mean(residuals.slice(12));
    // With the scale that they were part of, the twelve heads look clearly more ordinary than twelve new ones.
    assert(fresh - own > 0.2, `${own} and ${fresh}`);
    assert(
      Math.abs(mean(leftOutResiduals!) - fresh) < 0.5 * (fresh - own),
      `${own}, ${mean(leftOutResiduals!)}, ${fresh}`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
