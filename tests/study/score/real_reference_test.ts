import { assert, assertEquals } from "@std/assert";
import sharp from "sharp";
import { readRealFilms } from "../../../bench/labelled_films/read_real_films.ts";
import { percentileOf } from "../../../src/normative/percentile_of.ts";
import { parseRadiograph } from "../../../src/radiograph/parse_radiograph.ts";
import { loadModels } from "../../../src/study/models/model_set.ts";
import { modelsForFilms, SHIPPED_MODELS } from "../../../src/study/models/read_models.ts";
import { referenceWords } from "../../../src/normative/reference_words.ts";
import { scoreFilm } from "../../../src/study/score/score_film.ts";

const SHARED = new URL("../../../../shared/data", import.meta.url).pathname;
const FILMS = `${SHARED}/films`, HIP = `${SHARED}/hip/RG2_hip.dcm`;
const folder = await modelsForFilms();
const here = (path: string) => Deno.stat(path).then(() => true, () => false);
const ready = folder !== SHIPPED_MODELS && await here(FILMS);
const models = ready ? await loadModels(folder, { device: "cpu", threads: 1 }) : null;
const skip = () => console.log("skipped: no models/real, or no films at ../shared/data/films");
const score = async (bytes: Uint8Array) => (await scoreFilm(await parseRadiograph(bytes), models!)).heads;

Deno.test("the reference consists of real heads and says how many, and a single hip is flagged", async () => {
  if (!models) return skip();
  const { reference, referenceDistances } = models.normative;
  assertEquals([reference.kind, reference.name], ["cohort", "FracAtlas"]);
  assert(reference.n >= 60 && referenceDistances.length === reference.n);
  assertEquals(referenceWords(reference), `${reference.n} real heads, FracAtlas`);
  const [head] = await score(await Deno.readFile(HIP));
  assert(head.outOfDomain && head.outOfDomainReasons.includes("filmAside"));
});

Deno.test("ten reference films, left out in turn, are spread over the percentiles", async () => {
  if (!models) return skip();
  const all = await readRealFilms(FILMS), { referenceDistances } = models.normative;
  const films = all.filter(({ use, group }) => use === "measure" && group === "pelvis_both_heads");
  const percentiles: number[] = [];
  for (let i = 0; i < 10; i++) {
    const { name } = films[Math.floor(i * films.length / 10)];
    const own = (await score(await Deno.readFile(`${FILMS}/${name}`))).map(({ distance }) => distance);
    const others = referenceDistances.filter((v) => own.every((each) => Math.abs(each - v) > 1e-6));
    assert(others.length < referenceDistances.length, `${name} is in the reference`);
    percentiles.push(...own.map((distance) => percentileOf(distance, others).percentile));
  }
  const sorted = percentiles.sort((a, b) => a - b);
  const at = (q: number) => sorted[Math.round(q * (sorted.length - 1))];
  assert(at(0) < 20 && at(1) > 80, `from ${at(0)} to ${at(1)}`);
  assert(at(0.25) < 50 && at(0.75) > 50, `quartiles ${at(0.25)} and ${at(0.75)}`);
});

Deno.test("a smaller, an inverted and a compressed copy keep the distance within bounds", async () => {
  if (!models) return skip();
  const films = (await readRealFilms(FILMS)).filter(({ group }) => group === "pelvis_both_heads");
  const large = films.filter(({ widthPx }) => widthPx > 2000)[0];
  const small = films.filter(({ use, widthPx }) => use === "measure" && widthPx < 1000).slice(0, 3);
  for (const film of [large, ...small]) {
    const path = `${FILMS}/${film.name}`, before = await score(await Deno.readFile(path));
    const grey = () => sharp(path).greyscale();
    const again = async (copy: ReturnType<typeof grey>) => await score(new Uint8Array(await copy.toBuffer()));
    const copies = [
      ["inverted", await again(grey().negate({ alpha: false }).png()), 0.05],
      ["JPEG", await again(grey().jpeg({ quality: 85 })), 0.8],
      // On a small film at half its size, heads are 25 pixels wide, so most of the detail that the encoder uses is
      // lost.
      ["smaller", await again(grey().resize(Math.round(film.widthPx / 2)).png()), film === large ? 0.5 : 2],
    ] as const;
    for (const [name, heads, most] of copies) {
      assertEquals(heads.map(({ side }) => side), before.map(({ side }) => side), `${film.name} ${name}`);
      heads.forEach(({ distance }, i) => {
        const moved = Math.abs(distance - before[i].distance);
        assert(moved <= most, `${film.name} ${name}: the distance changed by ${moved}`);
      });
    }
  }
});
