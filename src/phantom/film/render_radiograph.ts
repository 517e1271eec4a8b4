import type { HeadTruth } from "./head_truth.ts";
import { discard } from "../sheet/path_length.ts";
import type { Patient } from "../patient/patient.ts";
import { takeFilm } from "./take_film.ts";
import { InputError } from "../../input_error.ts";

/** A film as a hospital's image archive (PACS) would store it, and the ground truth. */
export interface RenderedRadiograph {
  /** The image as stored. */
  readonly image: {
    readonly widthPx: number;
    readonly heightPx: number;
    readonly stored: Uint16Array; // [heightPx, widthPx], 0 to 2^bitsStored - 1
    readonly bitsStored: number;
    readonly photometric: "MONOCHROME1" | "MONOCHROME2";
    /** Pixel spacing at the detector, mm. Because of magnification, bones measured with it appear too large. */
    readonly pixelSpacingMm: number;
  };
  /** Ground truth: heads and parameters. */
  readonly truth: { readonly heads: readonly HeadTruth[]; readonly parameters: Patient };
}

/**
 * Renders the film of a patient. The same patient and size give the same bytes.
 *
 * @param options.widthPx width, 1024 by default; on a film of the whole pelvis, 1024 gives pixels of about 0.4 mm and
 * 2304 of about 0.18 mm
 * @param options.heightPx height; by default, it follows from the film's aspect ratio
 * @throws {InputError} if width or height is not an integer from 32 to 8192.
 */
export function renderRadiograph(
  patient: Patient,
  { widthPx = 1024, heightPx = Math.round(widthPx * patient.view.heightMm / patient.view.widthMm) } = {},
): RenderedRadiograph {
  for (const size of [widthPx, heightPx]) {
    if (!Number.isInteger(size) || size < 32 || size > 8192) {
      throw new InputError(
        `Cannot render a film: its sides must be whole numbers from 32 to 8192 px, got ${widthPx} x ${heightPx}`,
      );
    }
  }
  const { display, pitchMm, heads } = takeFilm(patient, { widthPx, heightPx });
  const { bits: bitsStored, inverted } = patient.processing, top = 2 ** bitsStored - 1;
  const stored = new Uint16Array(display.values.length);
  for (let i = 0; i < stored.length; i++) {
    const v = (display.values[i] * top + 0.5) | 0; // processed values are from 0 to 1
    stored[i] = inverted ? top - v : v;
  }
  discard(display);
  return {
    image: {
      widthPx: display.widthPx,
      heightPx: display.heightPx,
      stored,
      bitsStored,
      photometric: inverted ? "MONOCHROME1" : "MONOCHROME2",
      pixelSpacingMm: pitchMm,
    },
    truth: { heads, parameters: patient },
  };
}
