/** The public functions, the page, the command line and the study must give the same result for a film. */
import { assert, assertClose, assertEquals } from "@std/assert";
import { SHIPPED_MODELS } from "../../../src/study/models/read_models.ts";
import { runCommand } from "../../../src/cli/run_command.ts";
import { VERBS } from "../../../src/cli/verbs.ts";
import { encodePng } from "../../../src/image/encode_png.ts";
import {
  cropHead,
  encodeCrop,
  liveScorer,
  loadModels,
  paperCohort,
  parseRadiograph,
  patientOf,
  RadiographError,
  renderRadiograph,
  scoreDeviation,
  segmentHeads,
} from "../../../src/mod.ts";
import { measureFilm } from "../../../src/study/measure/measure_film.ts";
import { cropFromBytes } from "../../../src/study/measure/crop_bytes.ts";

const models = await loadModels(undefined, { device: "cpu", threads: 1 });

/** Scores of one film from one way of computing them: the heads from the image's left to its right. */
interface Answer {
  readonly sides: readonly string[];
  readonly distances: readonly number[];
  readonly quality: readonly string[];
}

/** Scores as in a notebook, with the public functions in sequence. */
async function byFunctions(bytes: Uint8Array): Promise<Answer> {
  const film = await parseRadiograph(bytes);
  const { heads, quality } = await segmentHeads(film, models.unet, models.plan.segmentation);
  const distances = [];
  for (const mask of heads) {
    const latent = await encodeCrop(cropHead(film, mask, models.plan.crop), models.encoder);
    distances.push(scoreDeviation(latent, models.normative).distance);
  }
  return { sides: heads.map(({ side }) => side), distances, quality };
}

interface ScoreLine {
  readonly heads: readonly { readonly side: string; readonly distance: number }[];
  readonly quality: readonly string[];
}
const answerOf = ({ heads, quality }: ScoreLine): Answer => ({
  sides: heads.map(({ side }) => side),
  distances: heads.map(({ distance }) => distance),
  quality,
});

async function byPage(bytes: Uint8Array): Promise<Answer> {
  return answerOf(await liveScorer(models)(bytes, "film.png") as ScoreLine);
}

async function byCommandLine(bytes: Uint8Array): Promise<Answer> {
  const folder = await Deno.makeTempDir();
  let out = "";
  try {
    await Deno.writeFile(`${folder}/film.png`, bytes);
    await runCommand(["score", "film.png", "--models", SHIPPED_MODELS, "--device", "cpu", "--json"], {
      verbs: VERBS,
      folder,
      stdout: (text) => out += text,
      stderr: () => {},
      terminal: false,
      columns: 80,
      signal: new AbortController().signal,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return answerOf(JSON.parse(out));
}

/** Scores as in `caput run`, where crops are stored as bytes and encoded later. */
async function byStudy(bytes: Uint8Array, sides: readonly string[]): Promise<number[]> {
  const radiograph = await parseRadiograph(bytes);
  const heads = sides.map((side, i) => ({
    ...{ headId: `${i}`, row: i, patient: "p", grade: 0, split: "held-out", side },
  }));
  const measured = await measureFilm({ film: "film", heads } as never, {
    unet: models.unet,
    plan: models.plan,
    openFilm: () => Promise.resolve({ radiograph, truth: () => Promise.resolve(null) }),
    readFilm: () => Promise.reject(new Error("no other film must be read")),
  });
  assertEquals(measured.failures, []);
  const distances = [];
  for (const [i, crop] of measured.crops.entries()) {
    const { side } = measured.heads[i], { sizePx } = models.plan.crop;
    const latent = await encodeCrop(cropFromBytes(crop, { side, sizePx }), models.encoder);
    distances.push(scoreDeviation(latent, models.normative).distance);
  }
  return distances;
}

const { image } = renderRadiograph(patientOf(paperCohort(1).patients[0]), { widthPx: 640 });
const { widthPx, heightPx } = image, top = 2 ** image.bitsStored - 1;
/** The film in 8 bits with bright bone. */
const film = Uint8Array.from(
  image.stored,
  (value) => Math.round(255 * (image.photometric === "MONOCHROME1" ? top - value : value) / top),
);
const png = (samples: Uint8Array, size = { widthPx, heightPx }, channels: 1 | 3 = 1) =>
  encodePng({ ...size, channels, samples }, { level: 1 });
const tall = { widthPx, heightPx: heightPx + 200 };

const FILMS: Record<string, Uint8Array> = {
  "as it is": png(film),
  "inverted": png(film.map((value) => 255 - value)),
  "mirrored": png(film.map((_, i) => film[i - i % widthPx + widthPx - 1 - i % widthPx])),
  "coloured": png(
    Uint8Array.from({ length: 3 * film.length }, (_, i) => film[Math.floor(i / 3)]),
    undefined,
    3,
  ),
  "tall": png(
    Uint8Array.from({ length: tall.widthPx * tall.heightPx }, (_, i) => film[i - 100 * widthPx] ?? 0),
    tall,
  ),
};

const answers: Record<string, Answer> = {};
for (const [name, bytes] of Object.entries(FILMS)) {
  Deno.test(`one path: functions, page, command line and study agree on a film that is ${name}`, async () => {
    try {
      await parseRadiograph(bytes);
    } catch (error) {
      assert(error instanceof RadiographError);
      console.log(`skipped, this kind of film cannot be read: ${error.message}`);
      return;
    }
    const answer = answers[name] = await byFunctions(bytes);
    assertEquals(answer.sides.length, 2);
    assertEquals(await byPage(bytes), answer);
    assertEquals(await byCommandLine(bytes), answer);
    const inOrder = (sides: readonly string[], values: readonly number[]) =>
      Object.fromEntries(sides.map((side, i) => [side, values[i]]));
    assertEquals(
      inOrder(answer.sides, await byStudy(bytes, answer.sides)),
      inOrder(answer.sides, answer.distances),
    );
  });
}

Deno.test("one path: an inverted film has the same distances within 0.02", () => {
  const { "as it is": positive, inverted } = answers;
  assertEquals(inverted.quality, ["inverted", ...positive.quality]);
  assertClose(inverted.distances, positive.distances, { absolute: 0.02 });
});
