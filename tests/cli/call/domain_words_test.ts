import { assert, assertEquals } from "@std/assert";
import { domainWords } from "../../../src/cli/call/domain_words.ts";
import { cropTexture, domainMeasures } from "../../../src/study/models/domain_measures.ts";

Deno.test("a head out of domain lists each reason once, and every measure has a description", () => {
  assertEquals(domainWords(["grain"]), "unusual sharpness or grain");
  assertEquals(
    domainWords(["filmAside", "filmHeight", "code"]),
    "unusual place on the film; its latent vector is far from those of every grade",
  );
  const measures = domainMeasures(
    cropTexture({ pixels: new Float32Array([0, 1, 2, 3]), sizePx: 2 }),
    { logVariance: new Float64Array(2) },
    { code: 1, layout: 1, place: { centerPx: [1, 1], radiusPx: 1, filmPx: [4, 4] } },
  );
  for (const measure of Object.keys(measures)) {
    assert(domainWords([measure]) !== measure, `${measure} has no words`);
  }
});
