import { type Prng, seededPrng } from "../../src/array/seeded_prng.ts";
import { encodePng } from "../../src/image/encode_png.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { type CastFilm, castFilm, type View } from "./cast_film.ts";
import { type AttenuationVolume, attenuationVolume, LEGS_MM } from "./ct_volumes.ts";
import { processFilm, PROCESSINGS } from "./process_film.ts";
import type { TestFilm, TrueHead } from "./test_film.ts";

/**
 * Version of the rendering. Increase it when the rendering changes, so that films cached by older code are not used.
 */
const VERSION = 4;

/** The heads of a film, stored next to it as JSON. */
interface Sidecar {
  readonly heads: readonly TrueHead[];
  readonly optional: readonly TrueHead[];
}

/**
 * How far below the lowest slice a film may end, mm. The woman's lowest slice shows femoral shafts, which hardly change
 * further down. The man's lowest slice passes through head and neck; repeated further down, it would be impossible
 * anatomy.
 */
const BELOW_MM: Readonly<Record<string, number>> = { pelvis_woman_both_hips: 28, pelvis_one_hip_nailed: 3 };

/** What the films show, from which volume, and the share of each kind. */
const KINDS = [
  { kind: "woman, pelvis", volume: "pelvis_woman_both_hips", of: null, share: 0.4 },
  { kind: "woman, right hip", volume: "pelvis_woman_both_hips", of: "right", share: 0.15 },
  { kind: "woman, left hip", volume: "pelvis_woman_both_hips", of: "left", share: 0.15 },
  { kind: "man, pelvis", volume: "pelvis_one_hip_nailed", of: null, share: 0.15 },
  { kind: "man, right hip", volume: "pelvis_one_hip_nailed", of: "right", share: 0.15 },
] as const;

/** A random view of a pelvis or one hip, within the range of clinical practice. */
function sampleView(volume: AttenuationVolume, of: "right" | "left" | null, prng: Prng): View {
  const between = (low: number, high: number) => low + (high - low) * prng();
  const all = [...volume.heads, ...volume.nailed];
  const about = of ? all.filter(({ side }) => side === of) : all;
  const pivotMm = [0, 1, 2].map((axis) =>
    about.reduce((sum, { centerMm }) => sum + centerMm[axis], 0) / about.length
  ) as [number, number, number];
  const heightMm = between(90, 170),
    sourceMm = between(1000, 1200),
    larger = sourceMm / (sourceMm - heightMm);
  // The lowest slice is repeated below the scan (`LEGS_MM`).
  const below = (pivotMm[2] - LEGS_MM + between(0, BELOW_MM[volume.name])) * larger,
    above = of ? between(70, 150) : between(120, 240);
  const widthMm = of ? between(150, 260) : between(330, 430);
  const tube: [number, number] = of
    ? [between(-25, 25), between(-10, 30)]
    : [between(-40, 40), between(0, 80)];
  const aside = of ? between(-25, 25) : between(-30, 30);
  return {
    pivotMm,
    tilt: between(-10, 10),
    rotation: between(-1, 1) * (of ? 14 : 8),
    obliquity: between(-6, 6),
    ...{ sourceMm, heightMm, tubeMm: tube },
    // The film's edges are fixed relative to the hips, independent of the tube.
    filmMm: [aside - tube[0] * larger, (above - below) / 2 - tube[1] * larger],
    widthMm,
    heightFilmMm: above + below,
    pixelMm: widthMm / Math.round(between(of ? 320 : 420, of ? 560 : 700)),
  };
}

/**
 * Radiographs simulated by ray casting through two real CT volumes. Every film has its own random stream, so the same
 * seed and index give the same film. Films are computed once and cached in `folder`.
 *
 * @param options.seed 1 for the reported films, any other for development
 */
export async function ctFilms(
  { count, seed, folder }: { count: number; seed: number; folder: string },
): Promise<TestFilm[]> {
  await Deno.mkdir(folder, { recursive: true });
  const volumes = new Map<string, Promise<AttenuationVolume>>();
  const films: TestFilm[] = [];
  let from = 0;
  for (const { kind, volume, of, share } of KINDS) {
    const to = from + Math.round(share * count);
    for (let i = from; i < to; i++) {
      const stem = `${folder}/ct_${VERSION}_${seed}_${i}`, processing = PROCESSINGS[i % PROCESSINGS.length];
      let sidecar = await readJson(`${stem}.json`);
      if (!sidecar) {
        if (!volumes.has(volume)) volumes.set(volume, attenuationVolume(volume));
        const ct = await volumes.get(volume)!, prng = seededPrng(seed).fork(i);
        const view = sampleView(ct, of, prng), cast = castFilm(ct, view);
        sidecar = insideFilm(cast);
        const { widthPx, heightPx, attenuation: pixels } = cast;
        const samples = processFilm({ kind: "grey-image", widthPx, heightPx, pixels }, {
          ...{ processing, prng, pixelMm: view.pixelMm },
        });
        await Deno.writeFile(`${stem}.png`, encodePng({ widthPx, heightPx, samples }, { level: 1 }));
        await Deno.writeTextFile(`${stem}.json`, JSON.stringify(sidecar));
        if (films.length % 10 === 9) console.error(`${films.length + 1} of ${count} films computed`);
      }
      const name = `${i} ${kind}, ${processing}`;
      films.push({
        ...{ name, group: kind },
        ...sidecar,
        read: async () => await parseRadiograph(await Deno.readFile(`${stem}.png`), { name }),
      });
    }
    from = to;
  }
  return films;
}

/**
 * Sorts the heads of a film. Required are those whose centre is at least nine tenths of the radius inside the film;
 * optional are those cut by the edge and those with a screw.
 */
function insideFilm({ widthPx, heightPx, heads, nailed }: CastFilm): Sidecar {
  const inside = ({ centerPx: [x, y], radiusPx }: TrueHead) => {
    const room = Math.min(x, y, widthPx - 1 - x, heightPx - 1 - y);
    return room >= 0.9 * radiusPx;
  };
  const touches = ({ centerPx: [x, y], radiusPx }: TrueHead) =>
    Math.min(x, y, widthPx - 1 - x, heightPx - 1 - y) > -radiusPx;
  // A head cut by the edge need not be reported, and is not a false head if it is.
  const cut = heads.filter((head) => !inside(head) && touches(head));
  return { heads: heads.filter(inside), optional: [...nailed.filter(touches), ...cut] };
}

async function readJson(path: string): Promise<Sidecar | null> {
  const text = await Deno.readTextFile(path).catch(() => null);
  return text === null ? null : JSON.parse(text);
}
