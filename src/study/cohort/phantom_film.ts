import { encodePng } from "../../image/encode_png.ts";
import type { HeadTruth } from "../../phantom/head_truth.ts";
import {
  hardCohort,
  paperCohort,
  patientOf,
  type PhantomCohort,
  smallCohort,
} from "../../phantom/paper_cohort.ts";
import type { Patient } from "../../phantom/patient.ts";
import { type RenderedRadiograph, renderRadiograph } from "../../phantom/render_radiograph.ts";
import type { BoxedMask } from "../../segmentation/dice.ts";
import type { Side } from "../../types.ts";
import { sha256 } from "../../files/sha256.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { InputError } from "../../input_error.ts";

/** Names of the synthetic cohorts. */
export const PHANTOM_COHORTS = ["paper", "hard", "small"] as const;
export type PhantomName = typeof PHANTOM_COHORTS[number];

/** Film size of a study: pixels of about 0.5 mm, which is what a crop of 128 pixels resolves. */
const WIDTH_PX = 768;

/** The plan of a synthetic cohort by name; cheap. @throws {InputError} on a name we do not know. */
export function phantomCohort(name: string, seed: number): PhantomCohort {
  if (name === "paper") return paperCohort(seed);
  if (name === "hard") return hardCohort(seed);
  if (name === "small") return smallCohort(seed);
  throw new InputError(`Cannot make the cohort: its name is ${PHANTOM_COHORTS.join(", ")}, got ${name}`);
}

/** Raised by hand with a change of the renderer that the one small film below may not show. */
const RENDERER = 2;

/**
 * What the renderer draws, in one hash: that of a small film of the cohort's first patient. Films kept on disk are used
 * again only by a renderer that draws the same.
 */
export function phantomFingerprint(cohort: PhantomCohort): string {
  const { image } = renderRadiograph(patientOf(cohort.patients[0]), { widthPx: 96 });
  const { buffer, byteOffset, byteLength } = image.stored;
  return sha256(`${RENDERER} ${WIDTH_PX} ${sha256(new Uint8Array(buffer, byteOffset, byteLength))}`);
}

/** A film as a PNG in which bone is bright, and the true outlines of its heads. */
export interface PhantomFilm {
  readonly png: Uint8Array;
  readonly truth: readonly (BoxedMask & { readonly side: Side })[];
}

function toPng({ image }: RenderedRadiograph): Uint8Array {
  const { widthPx, heightPx, stored, bitsStored, photometric, pixelSpacingMm } = image;
  const top = 2 ** bitsStored - 1; // a PNG cannot say MONOCHROME1
  const samples = bitsStored <= 8 ? new Uint8Array(stored) : stored.slice();
  if (photometric === "MONOCHROME1") {
    for (let i = 0; i < samples.length; i++) samples[i] = top - samples[i];
  }
  return encodePng({ widthPx, heightPx, samples }, {
    level: 0, // grain hardly packs, and packing and unpacking would take a tenth of a study's time
    filter: "none",
    pixelSpacingMm: [pixelSpacingMm, pixelSpacingMm],
  });
}

function bitsToText(mask: Uint8Array): string {
  const bytes = new Uint8Array(Math.ceil(mask.length / 8));
  for (let i = 0; i < mask.length; i++) bytes[i >> 3] |= mask[i] << (i & 7);
  return bytes.toBase64();
}

function textToBits(text: string, length: number): Uint8Array {
  const bytes = Uint8Array.fromBase64(text), bits = new Uint8Array(length);
  for (let i = 0; i < length; i++) bits[i] = (bytes[i >> 3] >> (i & 7)) & 1;
  return bits;
}

interface Sidecar {
  readonly fingerprint: string;
  readonly seed: number;
  readonly pngSha256: string;
  readonly heads: readonly (Pick<HeadTruth, "side" | "boxPx"> & { readonly bits: string })[];
}

/** A film kept on disk by an earlier run, or null where there is none that fits. */
async function keptFilm(
  path: string,
  want: { fingerprint: string; seed: number },
): Promise<PhantomFilm | null> {
  try {
    const side: Sidecar = JSON.parse(await Deno.readTextFile(`${path}.json`));
    if (side.fingerprint !== want.fingerprint || side.seed !== want.seed) return null;
    const png = await Deno.readFile(`${path}.png`);
    if (sha256(png) !== side.pngSha256) return null;
    const truth = side.heads.map(({ side, boxPx, bits }) => ({
      ...{ side, boxPx },
      mask: textToBits(bits, boxPx.width * boxPx.height),
    }));
    return { png, truth };
  } catch {
    return null;
  }
}

/** The film of any synthetic patient at a study's size, kept nowhere. */
export function filmOf(patient: Patient): PhantomFilm {
  const rendered = renderRadiograph(patient, { widthPx: WIDTH_PX });
  return {
    png: toPng(rendered),
    truth: rendered.truth.heads.map(({ side, boxPx, mask }) => ({ side, boxPx, mask })),
  };
}

/**
 * The film of one patient of a synthetic cohort, from `folder` where an earlier run kept it, else rendered and kept there.
 * The same cohort, seed and index give the same bytes.
 */
export async function phantomFilm(
  cohort: PhantomCohort,
  { index, folder, fingerprint, writer }: {
    index: number;
    folder: string;
    fingerprint: string;
    writer?: string;
  },
): Promise<PhantomFilm> {
  const plan = cohort.patients[index];
  const path = `${folder}/${plan.name}`, want = { fingerprint, seed: plan.seed };
  const kept = await keptFilm(path, want);
  if (kept) return kept;
  const { png, truth } = filmOf(patientOf(plan));
  const heads = truth.map(({ side, boxPx, mask }) => ({ side, boxPx, bits: bitsToText(mask) }));
  // The sidecar vouches for the film, so it comes second; neither needs a sync, for a torn one is rendered again.
  await writeAtomic(`${path}.png`, png, { sync: false, writer });
  await writeAtomic(`${path}.json`, JSON.stringify({ ...want, pngSha256: sha256(png), heads }), {
    sync: false,
    writer,
  });
  return { png, truth };
}
