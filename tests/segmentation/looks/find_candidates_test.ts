import { assert, assertClose, assertEquals } from "@std/assert";
import type { OpenModel } from "../../../src/onnx/open_model.ts";
import { MIRRORED_VIEW, PLAIN_VIEW } from "../../../src/segmentation/view/film_view.ts";
import { findCandidates, lookAtFilm, squareRound } from "../../../src/segmentation/looks/find_candidates.ts";
import { meanMaps } from "../../../src/segmentation/looks/predict_maps.ts";
import type { GreyImage, SegmentationPlan } from "../../../src/types.ts";

const plan: SegmentationPlan = { firstPx: 128, inputPx: 96, windowRadii: 6, threshold: 0.5 };

/**
 * A substitute for the segmentation network that marks bright pixels as head. On every `blindCall`-th call it marks
 * none.
 */
function readsGrey({ blindCall = Infinity } = {}): OpenModel {
  let calls = 0;
  return {
    run({ film }: { film: { data: Float32Array; dims: readonly number[] } }) {
      const [n, , size] = film.dims, pixels = size * size, data = new Float32Array(n * 4 * pixels);
      const blind = ++calls % blindCall === 0;
      for (let k = 0; k < n; k++) {
        for (let i = 0; i < pixels; i++) {
          const bright = !blind && film.data[2 * k * pixels + i] > 0.5;
          data[4 * k * pixels + i] = bright ? 0.96 : 0.02;
          data[(4 * k + 1) * pixels + i] = bright ? 0.8 : 0.5;
          data[(4 * k + 2) * pixels + i] = bright ? 0.25 : 0;
        }
      }
      return Promise.resolve({ maps: { data, dims: [n, 4, size, size] } });
    },
  } as unknown as OpenModel;
}

function filmWith(discs: readonly (readonly [number, number, number])[]): GreyImage<Float32Array> {
  const widthPx = 600, heightPx = 400, pixels = new Float32Array(widthPx * heightPx);
  for (let i = 0; i < pixels.length; i++) {
    const x = i % widthPx, y = Math.floor(i / widthPx);
    if (discs.some(([cx, cy, radius]) => Math.hypot(x - cx, y - cy) <= radius)) pixels[i] = 1000;
  }
  return { kind: "grey-image", widthPx, heightPx, pixels };
}

async function find(
  discs: Parameters<typeof filmWith>[0],
  { unet = readsGrey(), views = [PLAIN_VIEW] } = {},
) {
  const film = filmWith(discs), first = meanMaps(await lookAtFilm(film, { views: [PLAIN_VIEW], unet, plan }));
  return await findCandidates(film, { first, views, unet, plan });
}

Deno.test("squareRound: a square as wide as the longer side, centred on the image", () => {
  assertEquals(squareRound({ widthPx: 600, heightPx: 400 }), { centerPx: [299.5, 199.5], sidePx: 600 });
});

Deno.test("findCandidates: a disc is outlined and measured", async () => {
  const [{ candidate, evidence }, ...others] = await find([[200, 180, 40]]);
  assertEquals(others, []);
  assertClose(candidate.outline.circle.centerPx, [200, 180], { absolute: 1.5, relative: 0 });
  assertClose(evidence.relativeRadius, 40 / 600, { absolute: 0.003, relative: 0 });
  assertClose(evidence.confidence, 0.96, { absolute: 0.06, relative: 0 });
  assertClose(evidence.firstLook, 0.96, { absolute: 0.1, relative: 0 });
  assertClose([evidence.implantShare, candidate.implantShare], [0.25, 0.25], { absolute: 0.02, relative: 0 });
  assertClose(candidate.leftProbability, 0.8, { absolute: 0.05, relative: 0 });
  assertClose(evidence.fullness, 1, { absolute: 0.06, relative: 0 });
  assert(evidence.roughness < 0.03, `${evidence.roughness}`);
  assertEquals([evidence.sided, candidate.doubtful], [true, false]);
});

Deno.test("findCandidates: a bar has a high roughness and a low fullness", async () => {
  const bar = Array.from({ length: 40 }, (_, k) => [200 + 3 * k, 180, 14] as const);
  const [{ evidence }] = await find(bar);
  assert(evidence.roughness > 0.1, `${evidence.roughness}`);
  assert(evidence.fullness < 0.8, `${evidence.fullness}`);
});

Deno.test("findCandidates: nothing is found on an empty film", async () => {
  assertEquals(await find([]), []);
});

Deno.test("findCandidates: a head missed by one of two views is not found; a head missed by one of three views has a lower confidence", async () => {
  // The view of the whole film is call 1. Of the two views that follow, call 3 finds nothing.
  const [{ evidence }] = await find([[200, 180, 40]], { unet: readsGrey(), views: [PLAIN_VIEW, PLAIN_VIEW] });
  const half = await find([[200, 180, 40]], {
    unet: readsGrey({ blindCall: 3 }),
    views: [PLAIN_VIEW, PLAIN_VIEW],
  });
  assert(evidence.confidence > 0.9);
  assertEquals(half.length, 0); // (0.96 + 0.02) / 2 is below the outline's threshold
  const third = await find([[200, 180, 40]], {
    unet: readsGrey({ blindCall: 4 }),
    views: [PLAIN_VIEW, PLAIN_VIEW, PLAIN_VIEW],
  });
  assertClose(third[0].evidence.confidence, (2 * 0.96 + 0.02) / 3, { absolute: 0.05, relative: 0 });
});

Deno.test("findCandidates: with `equalised`, the windows are equalised, but not the wider ones of `scales`", async () => {
  const seen: boolean[] = [], network = readsGrey();
  const watching = {
    run(input: { film: { data: Float32Array; dims: readonly number[] } }) {
      const { data, dims: [, , size] } = input.film, n = size * size;
      // Equalised values are spread evenly over 0 to 1; without equalisation, most values of this film are dark.
      const dark = data.subarray(0, n).reduce((sum, value) => sum + Number(value < 0.2), 0) / n;
      seen.push(dark < 0.5);
      return network.run(input as never);
    },
  } as unknown as OpenModel;
  const film = filmWith([[200, 180, 40]]);
  film.pixels.forEach((value, i) => film.pixels[i] = value + (i % 97)); // so that ranks differ outside the disc
  const first = meanMaps(await lookAtFilm(film, { views: [PLAIN_VIEW], unet: network, plan }));
  const look = { first, views: [PLAIN_VIEW, MIRRORED_VIEW], unet: watching };
  await findCandidates(film, { ...look, plan: { ...plan, scales: [1.25] } });
  assertEquals(seen.splice(0), [false, false, false, false]);
  await findCandidates(film, { ...look, plan: { ...plan, scales: [1.25], equalised: true } });
  assertEquals(seen, [true, false, true, false]);
});
