/** Films of the shared folder `odd` give the results stated in README.txt there. */
import { assert, assertEquals } from "@std/assert";
import { FilmReader } from "../../src/radiograph/film_reader.ts";
import { loadModels } from "../../src/study/models/model_set.ts";
import { preflight } from "../../src/study/preflight/preflight.ts";
import { type FilmScore, scoreFilm } from "../../src/study/score/score_film.ts";
import { segmentJson } from "../../src/study/score/score_json.ts";
import { sharedData } from "../radiograph/shared_data.ts";

const folder = new URL("odd/", sharedData);
const ignore = !await Deno.stat(folder).then(() => true, () => false);
if (ignore) {
  console.warn("skipped: tests on the shared folder of odd films, because it is missing");
}

const models = ignore ? null : await loadModels(undefined, { device: "cpu", threads: 1 });
const scores = new Map<string, FilmScore & { verdict: string; reasons: string[] }>();

async function look(name: string) {
  if (scores.has(name)) return scores.get(name)!;
  const reader = new FilmReader();
  try {
    const { radiograph, facts } = await reader.read(new URL(name, folder).pathname);
    const score = await scoreFilm(radiograph, models!), heads = { kind: "film-heads" as const, ...score };
    const { verdict, reasons } = preflight({ radiograph, facts, heads });
    scores.set(name, { ...score, verdict, reasons: reasons.map(({ code }) => code) });
    return scores.get(name)!;
  } finally {
    await reader.close();
  }
}

/**
 * Checks that a film has the same heads as the original film, with radius and distance from healthy equal within
 * `share`. Returns its scores.
 */
async function sameHeads(name: string, { share = 0.1 } = {}) {
  const [odd, sound] = [await look(name), await look("ok_reference_LF.dcm")];
  assertEquals(sound.heads.map(({ side }) => side).sort(), ["left", "right"]);
  assertEquals(odd.heads.map(({ side }) => side).sort(), ["left", "right"], name);
  for (const head of sound.heads) {
    const other = odd.heads.find(({ side }) => side === head.side)!;
    for (const key of ["distance", "radiusPx"] as const) {
      const off = Math.abs(other[key] / head[key] - 1);
      assert(off < share, `${name}, ${head.side} ${key}: ${other[key]} against ${head[key]}`);
    }
  }
  return odd;
}

Deno.test({
  name: "01: a film from behind, according to its header, keeps the patient's sides and is reported",
  ignore,
  async fn() {
    const { quality, heads, verdict, reasons } = await sameHeads("01_mirrored_header_says_RF.dcm");
    assertEquals(heads.map(({ side }) => side), ["left", "right"]); // from the image's left
    assert(quality.includes("from-behind") || heads.every((head) => head.quality.includes("side-conflict")));
    assertEquals([verdict, reasons.includes("from-behind")], ["warn", true]);
  },
});

Deno.test({
  name:
    "02: pixels that are not square give the same heads and distances within 10 %, with positions on the stored image",
  ignore,
  async fn() {
    const reference = segmentJson({ kind: "film-heads", ...await look("ok_reference_LF.dcm") });
    for (const aspect of [1.1, 1.25]) {
      const odd = await sameHeads(`02_nonsquare_${aspect}.dcm`);
      assertEquals(odd.quality.includes("resampled"), true);
      const json = segmentJson({ kind: "film-heads", ...odd });
      json.heads.forEach(({ centerPx: [x, y] }, i) => {
        const [x0, y0] = reference.heads[i].centerPx;
        assert(Math.hypot(x - x0, (y + 0.5) / aspect - 0.5 - y0) < 2, `${aspect}: ${x}, ${y}`);
      });
    }
  },
});

Deno.test({
  name: "04: values with more bits than the header declares give a warning with the cause",
  ignore,
  async fn() {
    for (const bits of [8, 9]) {
      const { quality, verdict, reasons } = await look(`04_bitsstored${bits}_of_10.dcm`);
      assertEquals([quality.includes("bits-stored"), reasons.includes("bits-stored")], [true, true]);
      assert(verdict !== "pass");
    }
    assertEquals((await look("ok_reference_LF.dcm")).quality.includes("bits-stored"), false);
  },
});

Deno.test({
  name:
    "07, 08, 09: with a thumbnail first, NumberOfFrames 0, or an element without a VR, the film itself is read",
  ignore,
  async fn() {
    for (
      const name of [
        "07_tiff_thumbnail_first.tif",
        "08_frames_0.dcm",
        "09_one_implicit_element_in_explicit.dcm",
      ]
    ) await sameHeads(name, { share: 0.001 });
  },
});
