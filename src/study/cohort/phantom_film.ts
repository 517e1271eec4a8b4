import { encodePng } from "../../image/encode_png.ts";
import type { HeadTruth } from "../../phantom/film/head_truth.ts";
import {
  hardCohort,
  paperCohort,
  patientOf,
  type PhantomCohort,
  smallCohort,
} from "../../phantom/patient/paper_cohort.ts";
import type { Patient } from "../../phantom/patient/patient.ts";
import { type RenderedRadiograph, renderRadiograph } from "../../phantom/film/render_radiograph.ts";
import type { BoxedMask } from "../../masks/boxed_mask.ts";
import type { Side } from "../../types.ts";
import { sha256 } from "../../files/sha256.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { InputError } from "../../input_error.ts";

/** Names of the synthetic cohorts. */
export const PHANTOM_COHORTS = ["paper", "hard", "small"] as const;
export type PhantomName = typeof PHANTOM_COHORTS[number];

/** Width of the synthetic films of a study in pixels. A pixel is then about 0.5 mm, as in a crop of 128 pixels. */
const WIDTH_PX = 768;

/**
 * Makes a synthetic cohort by its name: the properties of its patients. This is fast, because no film is rendered.
 *
 * @throws {InputError} if the name is unknown.
 */
export function phantomCohort(name: string, seed: number): PhantomCohort {
  if (name === "paper") return paperCohort(seed);
  if (name === "hard") return hardCohort(seed);
  if (name === "small") return smallCohort(seed);
  throw new InputError(
    `Cannot make the cohort: its name must be one of ${PHANTOM_COHORTS.join(", ")}, got ${name}`,
  );
}

/** Version of the renderer. Increase it if a change may not be visible in the small film of `phantomFingerprint`. */
const RENDERER = 3;

/**
 * Fingerprint of the renderer: hash of its version, of the film width, and of a small film of the cohort's first
 * patient. Films stored on disk are reused only if the fingerprint is the same.
 */
export function phantomFingerprint(cohort: PhantomCohort): string {
  const { image } = renderRadiograph(patientOf(cohort.patients[0]), { widthPx: 96 });
  const { buffer, byteOffset, byteLength } = image.stored;
  return sha256(`${RENDERER} ${WIDTH_PX} ${sha256(new Uint8Array(buffer, byteOffset, byteLength))}`);
}

/** A film as a PNG with bright bone, and the true outlines of its heads. */
export interface PhantomFilm {
  readonly png: Uint8Array;
  readonly truth: readonly (BoxedMask & { readonly side: Side })[];
}

function toPng({ image }: RenderedRadiograph): Uint8Array {
  const { widthPx, heightPx, stored, bitsStored, photometric, pixelSpacingMm } = image;
  const top = 2 ** bitsStored - 1; // a PNG cannot declare that bone is dark (MONOCHROME1), so such a film is inverted
  const samples = bitsStored <= 8 ? new Uint8Array(stored) : stored.slice();
  if (photometric === "MONOCHROME1") {
    for (let i = 0; i < samples.length; i++) samples[i] = top - samples[i];
  }
  return encodePng({ widthPx, heightPx, samples }, {
    level: 0, // noise hardly compresses, and compression would take a tenth of a study's time
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

/** A film stored by an earlier run, or null if there is no matching one. */
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

/** Renders the film of any synthetic patient at the size that studies use, without storing it. */
export function filmOf(patient: Patient): PhantomFilm {
  const rendered = renderRadiograph(patient, { widthPx: WIDTH_PX });
  return {
    png: toPng(rendered),
    truth: rendered.truth.heads.map(({ side, boxPx, mask }) => ({ side, boxPx, mask })),
  };
}

/**
 * The film of one patient of a synthetic cohort: read from `folder` if an earlier run stored it, otherwise rendered and
 * stored. The same cohort and index give the same bytes.
 *
 * @param options.index index of the patient, from 0
 * @param options.fingerprint result of {@linkcode phantomFingerprint} for this cohort
 * @param options.writer distinguishes processes that write the same film at the same time
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
  // The JSON file is written second because it contains the hash of the PNG file. No sync: an incomplete film is rendered again.
  await writeAtomic(`${path}.png`, png, { sync: false, writer });
  await writeAtomic(`${path}.json`, JSON.stringify({ ...want, pngSha256: sha256(png), heads }), {
    sync: false,
    writer,
  });
  return { png, truth };
}
