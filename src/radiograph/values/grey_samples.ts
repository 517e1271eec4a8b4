import { colourShare } from "./colour_share.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import type { Samples, StoredImage } from "../stored/stored_image.ts";

/**
 * Luminance weights of Rec. 601, not Rec. 709. JPEG files (T.871) and DICOM's YBR_FULL store this luminance, so a
 * film has the same grey values in every format. For grey stored as colour, the weights of Rec. 709 would give the same
 * result, and for a tint nearly the same.
 */
const RED = 0.299, GREEN = 0.587, BLUE = 0.114;

/**
 * An image counts as a film if at most this share of its pixels differs in colour from its tint. This allows coloured
 * boxes and letters, and the room around a photographed film.
 */
export const MOST_COLOURED = 0.25;

/** One channel: the value of a pixel by its index. */
type Channel = (i: number) => number;

/** The grey image of a frame, and whether it was stored in colour. */
export interface GreyFrame {
  readonly samples: Samples; // [rows, columns]
  readonly colour: boolean;
}

/**
 * The grey image of one frame. Images stored in colour (RGB, YBR, CMYK, palettes) are converted to luminance,
 * provided that most of the image is grey or has one tint. A constant alpha channel is ignored.
 *
 * @throws {RadiographError} `colour` if the image is really in colour or partly transparent, or its palette cannot be
 * used; `bad-header` if it has one sample per pixel and an unknown photometric interpretation.
 */
export function greySamples(image: StoredImage, frame: number): GreyFrame {
  const { rows, columns, samplesPerPixel, photometric, palette } = image,
    count = rows * columns * samplesPerPixel;
  const samples = image.samples.subarray(frame * count, (frame + 1) * count) as Samples;
  if (samplesPerPixel === 1 && /^(MONOCHROME[12]|GREY|MINISBLACK|MINISWHITE)$/.test(photometric)) {
    return { samples, colour: false };
  }
  if (photometric === "PALETTE COLOR") {
    if (!palette) return refuse("the colour palette is missing, damaged or segmented");
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
    return unlessColoured(grey.map((_, i) => a(i)), [(i) => b(i) - middle, (i) => c(i) - middle]);
  }
  if (photometric === "CMYK") {
    const full = 2 ** image.bitsStored - 1;
    const withoutInk = (channel: Channel): Channel => (i) => (full - channel(i)) * (full - d(i)) / full;
    return luminance([a, b, c].map(withoutInk), grey);
  }
  if (samplesPerPixel > 3) opaque(null, { channel: a, alpha: d, count: grey.length });
  return luminance([a, b, c], grey);
}

function refuse(got: string): never {
  throw new RadiographError(`Cannot read a film: its pixels must be grey or of one tint, but ${got}`, {
    code: "colour",
    fix: "Export the film itself in grey, not a screenshot or a coloured copy.",
  });
}

/** Throws if alpha is not the same everywhere. Copies the channel to `grey`, unless that is null. */
function opaque<Grey extends Samples | null>(
  grey: Grey,
  { channel, alpha, count = grey?.length ?? 0 }: { channel: Channel; alpha: Channel; count?: number },
): Grey {
  for (let i = 0; i < count; i++) {
    if (alpha(i) !== alpha(0)) refuse("some are transparent");
    if (grey) grey[i] = channel(i);
  }
  return grey;
}

/** Converts red, green and blue to luminance, rounded if samples are integers. Grey pixels keep their exact value. */
function luminance([red, green, blue]: Channel[], grey: Samples): GreyFrame {
  const whole = !(grey instanceof Float32Array || grey instanceof Float64Array);
  for (let i = 0; i < grey.length; i++) {
    const r = red(i), g = green(i), b = blue(i);
    if (r === g && g === b) grey[i] = r;
    else grey[i] = whole ? Math.round(RED * r + GREEN * g + BLUE * b) : RED * r + GREEN * g + BLUE * b;
  }
  // Differences from luminance, scaled as in T.871
  const blueness: Channel = (i) => (blue(i) - grey[i]) / (2 - 2 * BLUE);
  const redness: Channel = (i) => (red(i) - grey[i]) / (2 - 2 * RED);
  return unlessColoured(grey, [blueness, redness]);
}

/** Returns the grey frame, or throws if too many of its pixels have colours other than the overall tint. */
function unlessColoured(samples: Samples, chroma: readonly [Channel, Channel]): GreyFrame {
  const share = colourShare(samples, chroma);
  if (share > MOST_COLOURED) {
    refuse(`${Math.round(100 * share)} % of them have other colours`);
  }
  return { samples, colour: true };
}
