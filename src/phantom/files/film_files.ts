import { encodePng } from "../../image/encode_png.ts";
import { SYNTHETIC_SOURCE } from "../../image/synthetic_source.ts";
import { encodeDicom } from "./encode_dicom.ts";
import type { HeadTruth } from "../film/head_truth.ts";
import { patientOf, type PatientPlan } from "../patient/paper_cohort.ts";
import { type RenderedRadiograph, renderRadiograph } from "../film/render_radiograph.ts";
import { headMask } from "../film/training_film.ts";

/** How a film is written. */
export interface FilmFormat {
  /** The file format. */
  readonly format: "png" | "dicom";
  /** Width in pixels. */
  readonly widthPx: number;
}

/** Files of one film, with paths relative to the cohort's folder, and the data for its rows in the cohort file. */
export interface FilmFiles {
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** Natural heads of which at least half is on the film. */
  readonly heads: readonly {
    readonly side: "right" | "left";
    readonly grade: number;
    /** Path of the mask. */
    readonly mask: string;
    /** True if the head is not entirely on the film. */
    readonly border: boolean;
  }[];
}

/** Renders the film of a plan and encodes film, masks and parameters; the same plan and format give the same bytes. */
export async function filmFiles(plan: PatientPlan, { format, widthPx }: FilmFormat): Promise<FilmFiles> {
  const film = renderRadiograph(patientOf(plan), { widthPx }), { image, truth } = film;
  const files = [{
    path: filmPath(plan, format),
    bytes: format === "dicom"
      ? await encodeDicom(film, { name: `${plan.name} ${plan.seed} ${widthPx}` })
      : filmPng(film),
  }];
  const heads = truth.heads.filter(({ visible }) => visible >= 0.5).map((head) => {
    const mask = `masks/${plan.name}_${head.side}.png`;
    files.push({ path: mask, bytes: maskPng(head, image) });
    return { side: head.side, grade: head.grade, mask, border: !head.complete };
  });
  const parameters = { ...truth.parameters, heads: truth.heads.map(({ mask: _, ...rest }) => rest) };
  files.push({
    path: `parameters/${plan.name}.json`,
    bytes: new TextEncoder().encode(JSON.stringify(parameters, null, 1)),
  });
  return { files, heads };
}

/** Path of a plan's film in the cohort's folder. */
export function filmPath(plan: PatientPlan, format: FilmFormat["format"]): string {
  return `films/${plan.name}.${format === "dicom" ? "dcm" : "png"}`;
}

/** PNG cannot record polarity, so bone is always bright. Films with more than 8 bits are scaled to the full 16 bits. */
function filmPng({ image }: RenderedRadiograph): Uint8Array {
  const { stored, bitsStored, widthPx, heightPx, pixelSpacingMm } = image, top = 2 ** bitsStored - 1;
  const dark = image.photometric === "MONOCHROME1", shift = 16 - bitsStored;
  const bright = (v: number) => dark ? top - v : v;
  const samples = bitsStored <= 8 ? Uint8Array.from(stored, bright) : stored.map((v) => bright(v) << shift);
  return encodePng({ widthPx, heightPx, samples }, {
    level: 1,
    source: SYNTHETIC_SOURCE,
    pixelSpacingMm: [pixelSpacingMm, pixelSpacingMm],
  });
}

function maskPng(head: HeadTruth, { widthPx, heightPx }: { widthPx: number; heightPx: number }): Uint8Array {
  const samples = headMask([head], widthPx, heightPx);
  for (let i = 0; i < samples.length; i++) if (samples[i]) samples[i] = 255;
  return encodePng({ widthPx, heightPx, samples }, { level: 1 });
}
