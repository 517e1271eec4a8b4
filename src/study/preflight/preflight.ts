import { QUALITY_WORDS } from "./quality_words.ts";
import type { FilmFacts } from "../../radiograph/stored/stored_image.ts";
import type { FilmHeads, GreyValues, Radiograph } from "../../types.ts";

/** One finding of the preflight. */
export interface PreflightReason {
  /** Stable short code of the finding. */
  readonly code: string;
  /** How serious it is; `info` does not change the verdict. */
  readonly severity: "refuse" | "warn" | "info";
  /** What is wrong. */
  readonly message: string;
}

/** Result of {@linkcode preflight}. */
export interface PreflightResult {
  /** `refuse`: do not use the film; `warn`: check it; `pass`: use it. */
  readonly verdict: "pass" | "warn" | "refuse";
  /** Findings, the most serious first. */
  readonly reasons: readonly PreflightReason[];
}

/** A film, its header, and the heads found on it. */
export interface PreflightFilm {
  /** The film as read. */
  readonly radiograph: Radiograph;
  /** Facts from the header. @default the header is not checked */
  readonly facts?: FilmFacts;
  /** Result of segmentation. @default {null}: heads are not checked */
  readonly heads?: FilmHeads | null;
}

/**
 * Minimum width and height of a film. A head takes about an eighth of the width of a pelvis film; on a smaller film a
 * head cannot be outlined.
 */
const leastSidePx = 200;
/** Body parts that can show a femoral head. */
const hipParts = new Set([
  "",
  "HIP",
  "PELVIS",
  "ABDOMENPELVIS",
  "FEMUR",
  "EXTREMITY",
  "LEG",
  "THIGH",
  "SIJOINT",
  "WHOLEBODY",
]);
/** DICOM modalities of projection radiographs, and unspecific ones. */
const filmModalities = new Set(["", "CR", "DX", "RG", "RF", "XA", "OT", "SC"]);
/** View positions that are not frontal. */
const sideViews = new Set([
  "LL",
  "RL",
  "LLD",
  "RLD",
  "LLO",
  "RLO",
  "LAT",
  "LATERAL",
  "AXIAL",
  "CROSSTABLE",
  "FROG",
  "OBL",
]);

const rank = { refuse: 0, warn: 1, info: 2 } as const;

/**
 * Checks pixels, header and heads of a film before it is scored. The verdict is `refuse` if a score would be
 * meaningless, `warn` if a person should look at the film. Messages contain no free text of the header, which may
 * identify the patient.
 */
export function preflight({ radiograph, facts, heads = null }: PreflightFilm): PreflightResult {
  const reasons = [
    ...judgePixels(radiograph),
    ...(radiograph.remarks ?? []).map(remark),
    ...(facts ? judgeFacts(facts) : []),
    ...judgeSpacing(radiograph),
  ];
  if (heads) reasons.push(...judgeHeads(heads, radiograph));
  reasons.sort((a, b) => rank[a.severity] - rank[b.severity]);
  const gravest = reasons[0]?.severity ?? "info";
  return { verdict: gravest === "info" ? "pass" : gravest, reasons };
}

function judgePixels({ widthPx, heightPx, pixels, padding }: Radiograph): PreflightReason[] {
  const reasons: PreflightReason[] = [],
    short = Math.min(widthPx, heightPx),
    long = Math.max(widthPx, heightPx);
  if (short < leastSidePx) {
    const message =
      `the film is ${widthPx} x ${heightPx}; each side must have at least ${leastSidePx} pixels`;
    reasons.push({ code: "too-small", severity: "refuse", message });
  }
  if (long > 4 * short) {
    const message =
      `the film is ${widthPx} x ${heightPx}: one side is more than four times as long as the other`;
    reasons.push({ code: "odd-shape", severity: "warn", message });
  }
  const { low, high, atEnds, levels } = measureTones(pixels, padding);
  if (!(high > low)) {
    reasons.push({ code: "blank", severity: "refuse", message: "every pixel has the same value" });
  } else if (levels < 16) {
    const message = `only ${levels} different values: a drawing or a mask, not a film`;
    reasons.push({ code: "few-levels", severity: "refuse", message });
  } else if (levels < 64) {
    reasons.push({ code: "few-levels", severity: "warn", message: `only ${levels} different values` });
  }
  if (high > low && atEnds > 0.6) {
    const message = `${Math.round(100 * atEnds)} % of the pixels are fully black or fully white`;
    reasons.push({ code: "clipped", severity: atEnds > 0.95 ? "refuse" : "warn", message });
  }
  return reasons;
}

/**
 * Range of the pixel values, share of pixels at either end of it, and number of different values (counted up to 64).
 * Padding is left out.
 */
function measureTones(pixels: GreyValues, padding: Uint8Array | null) {
  let low = Infinity, high = -Infinity, ends = 0, count = 0;
  const levels = new Set<number>();
  for (let i = 0; i < pixels.length; i++) {
    if (padding?.[i]) continue;
    const value = pixels[i];
    if (value < low) low = value;
    if (value > high) high = value;
    if (levels.size < 64) levels.add(value);
    count++;
  }
  for (let i = 0; i < pixels.length; i++) {
    if (!padding?.[i] && (pixels[i] === low || pixels[i] === high)) ends++;
  }
  return { low, high, levels: levels.size, atEnds: count === 0 ? 1 : ends / count };
}

/** Remarks of a radiograph that need no check by a person. */
const HARMLESS = new Set(["colour", "resampled", "synthetic"]);

function remark(code: string): PreflightReason {
  const message = Object.hasOwn(QUALITY_WORDS, code) ? QUALITY_WORDS[code] : `the film is marked ${code}`;
  return { code, severity: HARMLESS.has(code) ? "info" : "warn", message };
}

function judgeFacts(
  { bodyPart, viewPosition, modality, burnedIn, pages, facing, askew }: FilmFacts,
): PreflightReason[] {
  const reasons: PreflightReason[] = [];
  if (askew) {
    const message =
      "according to PatientOrientation, the film is stored upside down, rotated or as a lateral view";
    reasons.push({ code: "orientation", severity: "warn", message });
  }
  if (viewPosition === "PA" && facing === "unknown") {
    const message = "the header says PA but has no PatientOrientation: check right and left";
    reasons.push({ code: "facing", severity: "warn", message });
  }
  if (pages > 1) {
    reasons.push({
      code: "pages",
      severity: "warn",
      message: `the file has ${pages} images; the first is used`,
    });
  }
  if (!filmModalities.has(modality)) {
    reasons.push({
      code: "not-a-film",
      severity: "refuse",
      message: `the modality is ${modality}, not a radiograph`,
    });
  }
  if (!hipParts.has(bodyPart)) {
    reasons.push({
      code: "body-part",
      severity: "warn",
      message: `the header says ${bodyPart}, not a hip or pelvis`,
    });
  }
  if (sideViews.has(viewPosition)) {
    const message = `the header says ${viewPosition}; the models were trained on frontal films`;
    reasons.push({ code: "view", severity: "warn", message });
  }
  if (burnedIn) {
    const message =
      "according to the header, annotations are burnt into the image; they may identify the patient";
    reasons.push({ code: "burnt-in", severity: "warn", message });
  }
  return reasons;
}

function judgeSpacing({ spacingSource }: Radiograph): PreflightReason[] {
  if (spacingSource === "none") {
    return [{
      code: "no-spacing",
      severity: "info",
      message: "no pixel spacing: sizes in mm cannot be given",
    }];
  }
  if (spacingSource === "ImagerPixelSpacing" || spacingSource === "NominalScannedPixelSpacing") {
    const where = spacingSource === "ImagerPixelSpacing" ? "at the detector" : "on the digitised film";
    const message = `spacing is measured ${where}: bones appear larger than they are`;
    return [{ code: "detector-spacing", severity: "info", message }];
  }
  return [];
}

function judgeHeads({ heads, quality }: FilmHeads, radiograph: Radiograph): PreflightReason[] {
  const reasons: PreflightReason[] = [];
  const warn = (code: string, message: string) => reasons.push({ code, severity: "warn", message });
  if (heads.length === 0) {
    reasons.push({ code: "no-head", severity: "refuse", message: QUALITY_WORDS["no-head"] });
  }
  if (quality.includes("inverted")) warn("polarity", QUALITY_WORDS.inverted);
  if (quality.includes("implant")) warn("implant", "the film shows a hip replacement");
  if (quality.includes("extra-head")) warn("extra-head", QUALITY_WORDS["extra-head"]);
  if (quality.includes("from-behind")) warn("from-behind", QUALITY_WORDS["from-behind"]);
  if (quality.includes("odd-spacing")) warn("odd-spacing", spacingMessage(heads, radiograph));
  if (quality.includes("one-head")) {
    reasons.push({ code: "one-head", severity: "info", message: QUALITY_WORDS["one-head"] });
  }
  for (const code of new Set(heads.flatMap((head) => head.quality))) {
    if (reasons.some((reason) => reason.code === code)) continue;
    warn(code, Object.hasOwn(QUALITY_WORDS, code) ? QUALITY_WORDS[code] : `a head is marked ${code}`);
  }
  return reasons;
}

function spacingMessage(
  heads: FilmHeads["heads"],
  { pixelSpacingMm, spacingSource }: Radiograph,
): string {
  const scale = pixelSpacingMm ? Math.sqrt(pixelSpacingMm[0] * pixelSpacingMm[1]) : NaN;
  const sizes = heads.map(({ radiusPx }) => (2 * radiusPx * scale).toPrecision(3)).join(" and ");
  return `with ${spacingSource} a head would have a diameter of ${sizes} mm, which is implausible: sizes in mm are wrong`;
}
