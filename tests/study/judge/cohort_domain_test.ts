import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { outOfDomain } from "../../../src/normative/out_of_domain.ts";
import { cohortDomain } from "../../../src/study/judge/cohort_domain.ts";
import type { JudgedHead } from "../../../src/study/cohort/film_job.ts";
import { cropTexture, domainMeasures } from "../../../src/study/models/domain_measures.ts";

/** 300 heads of a toy cohort, both hips on films 1000 pixels wide, or as ready-made crops. */
function toyCohort({ films }: { films: boolean }) {
  const prng = seededPrng(6), d = 4, n = 300, sizePx = 8;
  const heads = Array.from({ length: n }, (_, i) => ({
    grade: i < 240 ? 0 : 3,
    split: i < 120 ? "train" : i < 180 ? "validation" : "held-out",
    centerPx: [i % 2 ? 740 + 10 * prng.normal() : 260 + 10 * prng.normal(), 500 + 20 * prng.normal()],
    radiusPx: 60 + 2 * prng.normal(),
    ...films ? { filmPx: [1000, 1000] } : {},
  })) as unknown as JudgedHead[];
  const rows = Float64Array.from({ length: n * d }, () => prng.normal());
  const latents = heads.map((_, i) => ({
    kind: "latent-vector" as const,
    mean: rows.slice(i * d, (i + 1) * d),
    logVariance: new Float64Array(d).fill(-4 + 0.1 * prng.normal()),
  }));
  const textures = heads.map(() =>
    cropTexture({
      sizePx,
      pixels: Float32Array.from({ length: sizePx * sizePx }, () => prng()),
    })
  );
  return { heads, rows, latents: { at: (i: number) => latents[i] }, textures };
}

Deno.test("cohortDomain: a head in the middle of its film or of twice the size is out of domain; a ready-made crop has no position", () => {
  const { heads, ...coded } = toyCohort({ films: true });
  const { domain } = cohortDomain(heads, coded);
  assertEquals(
    Object.keys(domain.measures),
    ["code", "layout", "logVariance", "contrast", "grain", "filmAside", "filmHeight", "filmRadius"],
  );
  const judge = (place: Parameters<typeof domainMeasures>[2]["place"]) =>
    outOfDomain(
      domainMeasures(coded.textures[130], coded.latents.at(130), { code: 2, layout: 2, place }),
      domain,
    ).reasons
      .map(({ measure }) => measure);
  assertEquals(judge({ centerPx: [255, 505], radiusPx: 60, filmPx: [1000, 1000] }), []);
  assertEquals(judge({ centerPx: [510, 505], radiusPx: 60, filmPx: [1000, 1000] }), ["filmAside"]);
  assertEquals(judge({ centerPx: [250, 500], radiusPx: 130, filmPx: [1000, 1000] }), ["filmRadius"]);
  assertEquals(judge({ centerPx: [NaN, NaN], radiusPx: NaN }), []); // a ready-made crop
});

Deno.test("cohortDomain: a cohort of ready-made crops has no position limits; training heads set no limit", () => {
  const { heads, ...coded } = toyCohort({ films: false });
  const { domain, clusters } = cohortDomain(heads, coded);
  assertEquals(Object.keys(domain.measures), ["code", "layout", "logVariance", "contrast", "grain"]);
  assertEquals([domain.n, clusters.n], [180, 300]);
  assert(domain.measures.code.limit > 1);
});
