import { colourShare } from "./colour_share.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import type { Samples, StoredImage } from "../stored/stored_image.ts";

/**
 * Luminance of Rec. 601, rather than of Rec. 709: it is the Y that JPEG files (T.871) and DICOM's YBR_FULL already hold, so that a film
 * has the same grey in every container. For grey stored as colour, and nearly so for a tint, both are the same.
 */
const RED = 0.299, GREEN = 0.587, BLUE = 0.114;

/** Share of pixels of another colour than the film's own tint up to which a picture counts as a film: boxes, letters, a room. */
export const MOST_COLOURED = 0.25;

/** What a coloured or a grey pixel is made of. */
type Channel = (i: number) => number;

/** The grey picture in a frame, and whether it was stored in colour. */
export interface GreyFrame {
  readonly samples: Samples; // [rows, columns]
  readonly colour: boolean;
}

/**
 * The grey picture in one frame. What is stored in colour (RGB, YBR, CMYK, palettes) is read through its luminance, if it is grey or of one
 * tint but for a part of it; alpha is ignored where it is constant.
 *
 * @throws {RadiographError} `colour` for a picture in true colours.
 */
export function greySamples(image: StoredImage, frame: number): GreyFrame {
  const { rows, columns, samplesPerPixel, photometric, palette } = image,
    count = rows * columns * samplesPerPixel;
  const samples = image.samples.subarray(frame * count, (frame + 1) * count) as Samples;
  if (samplesPerPixel === 1 && /^(MONOCHROME[12]|GREY|MINISBLACK|MINISWHITE)$/.test(photometric)) {
    return { samples, colour: false };
  }
  if (photometric === "PALETTE COLOR") {
    if (!palette) return refuse("the palette that these go through is missing, damaged or in segments");
    const last = palette.red.length - 1;
    const through = (table: Uint16Array): Channel => (i) =>
      table[Math.min(last, Math.max(0, samples[i] - palette.first))];
    return luminance(
      [palette.red, palette.green, palette.blue].map(through),
      new Uint16Array(rows * columns),
    );
  }
  if (samplesPerPixel === 1) {
    throw new RadiographError(
      "Cannot tell bright from dark: PhotometricInterpretation is missing or unknown",
      { code: "bad-header", fix: "Set (0028,0004) to MONOCHROME1 or MONOCHROME2, or export the film again." },
    );
  }
  const grey = new (samples.constructor as Uint8ArrayConstructor)(rows * columns);
  const channel = (c: number): Channel => (i) => samples[samplesPerPixel * i + c];
  if (samplesPerPixel === 2) {
    return { samples: opaque(grey, { channel: channel(0), alpha: channel(1) }), colour: false };
  }
  const [a, b, c, d] = [0, 1, 2, 3].map(channel);
  // JPEG 2000 decoders undo YBR_ICT and YBR_RCT, which are part of the codestream.
  if (/^YBR_(FULL|FULL_422|PARTIAL_42[02])$/.test(photometric)) {
    const middle = 2 ** (image.bitsStored - 1);
    return judged(grey.map((_, i) => a(i)), [(i) => b(i) - middle, (i) => c(i) - middle]);
  }
  if (photometric === "CMYK") {
    const full = 2 ** image.bitsStored - 1;
    const ink = (channel: Channel): Channel => (i) => (full - channel(i)) * (full - d(i)) / full;
    return luminance([a, b, c].map(ink), grey);
  }
  if (samplesPerPixel > 3) opaque(null, { channel: a, alpha: d, count: grey.length });
  return luminance([a, b, c], grey);
}

function refuse(got: string): never {
  throw new RadiographError(`Cannot read a film: its pixels must be grey or of one tint, ${got}`, {
    code: "colour",
    fix: "Export the film itself in grey, not a screenshot or a coloured copy.",
  });
}

/** A channel beside which alpha is the same everywhere. */
function opaque<Grey extends Samples | null>(
  grey: Grey,
  { channel, alpha, count = grey?.length ?? 0 }: { channel: Channel; alpha: Channel; count?: number },
): Grey {
  for (let i = 0; i < count; i++) {
    if (alpha(i) !== alpha(0)) refuse("these are partly transparent");
    if (grey) grey[i] = channel(i);
  }
  return grey;
}

/** Red, green and blue to luminance, in whole numbers where they are; grey ones stay exactly as they are. */
function luminance([red, green, blue]: Channel[], grey: Samples): GreyFrame {
  const whole = !(grey instanceof Float32Array || grey instanceof Float64Array);
  for (let i = 0; i < grey.length; i++) {
    const r = red(i), g = green(i), b = blue(i);
    if (r === g && g === b) grey[i] = r;
    else grey[i] = whole ? Math.round(RED * r + GREEN * g + BLUE * b) : RED * r + GREEN * g + BLUE * b;
  }
  // Differences from luminance, scaled as T.871 does
  const blueness: Channel = (i) => (blue(i) - grey[i]) / (2 - 2 * BLUE);
  const redness: Channel = (i) => (red(i) - grey[i]) / (2 - 2 * RED);
  return judged(grey, [blueness, redness]);
}

function judged(samples: Samples, chroma: readonly [Channel, Channel]): GreyFrame {
  const share = colourShare(samples, chroma);
  if (share > MOST_COLOURED) {
    refuse(`${Math.round(100 * share)} % of these have colours of their own`);
  }
  return { samples, colour: true };
}
