import { components } from "../image/components.ts";
import { sampleSquare } from "../image/sample_square.ts";
import type { OpenModel } from "../onnx/open_model.ts";
import type { FilmHeads, GreyImage, HeadMask, Radiograph, SegmentationPlan, Side } from "../types.ts";
import { intersectionOverUnion } from "./dice.ts";
import { normaliseFilm } from "./normalise_film.ts";
import { type FilmWindow, type Outline, outlineHead } from "./outline_head.ts";

/** Maps of one window, probabilities, each [sizePx, sizePx]. */
interface Maps {
  readonly head: Float32Array;
  /** That a head pixel belongs to the patient's left hip. */
  readonly left: Float32Array;
  /** Hip replacement metal. */
  readonly implant: Float32Array;
  /** That the film is a negative of what it should be: mean over the window. */
  readonly inverted: number;
}

/** A head with the votes that decide about it. */
interface Candidate {
  readonly outline: Outline;
  readonly leftProbability: number;
  readonly implantShare: number;
}

/** At most this many places get a second look. */
const MOST_CANDIDATES = 4;
/** A head must reach these to be reported: set on synthetic validation films. */
const LEAST_CONFIDENCE = 0.7;
const FULLNESS = [0.72, 1.2] as const;

async function predict(film: GreyImage, windows: readonly FilmWindow[], unet: OpenModel, sizePx: number) {
  const n = sizePx * sizePx;
  const input = new Float32Array(windows.length * 2 * n); // [windows, 2, sizePx, sizePx]
  windows.forEach(({ centerPx, sidePx }, i) => {
    const square = sampleSquare(film, { centerPx, halfSidePx: sidePx / 2, sizePx, fill: NaN });
    input.set(normaliseFilm(square.pixels, sizePx), i * 2 * n);
  });
  const { maps } = await unet.run({ film: { data: input, dims: [windows.length, 2, sizePx, sizePx] } });
  return windows.map((_, i): Maps => {
    const channel = (c: number) => maps.data.subarray((4 * i + c) * n, (4 * i + c + 1) * n);
    const inverted = channel(3).reduce((sum, p) => sum + p, 0) / n;
    return { head: channel(0), left: channel(1), implant: channel(2), inverted };
  });
}

/** Windows worth a second look: the strongest patches of the first pass, each seen from its own size. */
function secondLooks(maps: Maps, whole: FilmWindow, { inputPx, windowRadii, threshold }: SegmentationPlan) {
  const bits = Uint8Array.from(maps.head, (p) => p >= threshold * 0.7 ? 1 : 0);
  const { components: patches } = components(bits, { widthPx: inputPx, heightPx: inputPx });
  const step = whole.sidePx / inputPx;
  return patches.filter((patch) => patch.areaPx >= 20).slice(0, MOST_CANDIDATES).map((patch): FilmWindow => {
    // A patch cut by an edge or half missed is larger in truth: the longer side of its box tells more than its area.
    const radius = Math.max(
      Math.sqrt(patch.areaPx / Math.PI),
      Math.max(patch.boxPx.width, patch.boxPx.height) / 2,
    );
    const center = patch.centroidPx.map((v, axis) =>
      whole.centerPx[axis] + ((v + 0.5) / inputPx - 0.5) * whole.sidePx
    );
    return { centerPx: [center[0], center[1]], sidePx: windowRadii * radius * step };
  });
}

/** Mean of a window's map inside an outline, read at the outline's own pixels. */
function meanInside(map: Float32Array, outline: Outline, window: FilmWindow, sizePx: number): number {
  const { boxPx, mask } = outline;
  let sum = 0, count = 0;
  for (let y = 0; y < boxPx.height; y += 2) {
    for (let x = 0; x < boxPx.width; x += 2) {
      if (!mask[y * boxPx.width + x]) continue;
      const u = Math.round(((boxPx.x + x - window.centerPx[0]) / window.sidePx + 0.5) * sizePx - 0.5);
      const v = Math.round(((boxPx.y + y - window.centerPx[1]) / window.sidePx + 0.5) * sizePx - 0.5);
      if (u < 0 || v < 0 || u >= sizePx || v >= sizePx) continue;
      sum += map[v * sizePx + u];
      count++;
    }
  }
  return count ? sum / count : 0;
}

function sideOf(leftProbability: number): Side {
  return leftProbability > 0.65 ? "left" : leftProbability < 0.35 ? "right" : "unknown";
}

/** One head a side at most, the surest first; `unknown` sides are settled by the other head where there is one. */
function settleSides(
  candidates: readonly Candidate[],
): { kept: { candidate: Candidate; side: Side }[]; extra: boolean } {
  const kept: { candidate: Candidate; side: Side }[] = [];
  let extra = false;
  for (const candidate of [...candidates].sort((a, b) => b.outline.confidence - a.outline.confidence)) {
    const side = sideOf(candidate.leftProbability);
    const overlaps = kept.some((other) =>
      intersectionOverUnion(other.candidate.outline, candidate.outline) > 0.2
    );
    if (overlaps) continue;
    if (kept.length === 2 || (side !== "unknown" && kept.some((other) => other.side === side))) extra = true;
    else kept.push({ candidate, side });
  }
  if (kept.length === 2) {
    const opposite = { left: "right", right: "left", unknown: "unknown" } as const;
    kept.forEach((head, i) => {
      if (head.side === "unknown") head.side = opposite[kept[1 - i].side];
    });
  }
  return { kept, extra };
}

/** Codes of one head, from its outline and the film round it. */
function headCodes(outline: Outline, film: GreyImage, implantShare: number): string[] {
  const codes: string[] = [];
  const { centerPx: [x, y], radiusPx } = outline.circle;
  const slack = 0.04 * radiusPx;
  const cut = x - radiusPx < -slack || y - radiusPx < -slack ||
    x + radiusPx > film.widthPx - 1 + slack || y + radiusPx > film.heightPx - 1 + slack;
  if (cut) codes.push("border");
  if (radiusPx < 20) codes.push("small");
  if (implantShare > 0.1) codes.push("implant");
  if (outline.confidence < 0.85) codes.push("low-confidence");
  return codes;
}

function toHeadMask(
  { candidate, side }: { candidate: Candidate; side: Side },
  film: GreyImage,
  headerSide: Side,
): HeadMask {
  const { outline, implantShare } = candidate;
  const quality = headCodes(outline, film, implantShare);
  if (headerSide !== "unknown" && side !== "unknown" && side !== headerSide) quality.push("side-conflict");
  return {
    kind: "head-mask",
    side,
    centerPx: outline.circle.centerPx,
    radiusPx: outline.circle.radiusPx,
    areaPx: outline.areaPx,
    confidence: outline.confidence,
    quality,
    boxPx: outline.boxPx,
    mask: outline.mask,
  };
}

/**
 * Finds the femoral heads of one film in two passes of one network: the whole film, then a window of `windowRadii` head
 * radii round each place that stood out. The second pass draws the outline and decides. The side comes from the anatomy
 * round the head (where the pelvis lies); the header's side is only compared with it. A film that looks like a negative
 * is turned over first and says so (`inverted`).
 *
 * @param unet network with input `film` [n, 2, inputPx, inputPx] and output `maps` [n, 4, inputPx, inputPx]
 * @returns heads from the image's left to its right; `quality` holds `no-head`, `one-head`, `extra-head`, `implant` or
 * `inverted` where they apply.
 */
export async function segmentHeads(
  radiograph: Radiograph,
  unet: OpenModel,
  plan: SegmentationPlan,
): Promise<FilmHeads> {
  const { widthPx, heightPx } = radiograph;
  let film: GreyImage = { kind: "grey-image", widthPx, heightPx, pixels: radiograph.pixels };
  const whole: FilmWindow = {
    centerPx: [(widthPx - 1) / 2, (heightPx - 1) / 2],
    sidePx: Math.max(widthPx, heightPx),
  };
  const quality: string[] = [];
  let [first] = await predict(film, [whole], unet, plan.inputPx);
  if (first.inverted > 0.5) {
    film = { ...film, pixels: film.pixels.map((value) => -value) };
    [first] = await predict(film, [whole], unet, plan.inputPx);
    quality.push("inverted");
  }
  const windows = secondLooks(first, whole, plan);
  const second = windows.length ? await predict(film, windows, unet, plan.inputPx) : [];
  const candidates = second.flatMap((maps, i): Candidate[] => {
    const options = { sizePx: plan.inputPx, filmPx: [widthPx, heightPx] as const, threshold: plan.threshold };
    const outline = outlineHead(maps.head, { ...options, window: windows[i] });
    if (!outline || outline.confidence < LEAST_CONFIDENCE) return [];
    if (outline.fullness < FULLNESS[0] || outline.fullness > FULLNESS[1]) return [];
    const leftFirst = meanInside(first.left, outline, whole, plan.inputPx);
    const leftSecond = meanInside(maps.left, outline, windows[i], plan.inputPx);
    const implantShare = meanInside(maps.implant, outline, windows[i], plan.inputPx);
    if (implantShare > 0.5) return [];
    return [{ outline, leftProbability: (leftFirst + leftSecond) / 2, implantShare }];
  });
  const { kept, extra } = settleSides(candidates);
  const heads = kept.map((head) =>
    toHeadMask(head, film, kept.length === 1 ? radiograph.headerSide : "unknown")
  )
    .sort((a, b) => a.centerPx[0] - b.centerPx[0]);
  if (heads.length === 0) quality.push("no-head");
  if (heads.length === 1) quality.push("one-head");
  if (extra) quality.push("extra-head");
  if (first.implant.reduce((sum, p) => sum + (p > 0.5 ? 1 : 0), 0) > 0.002 * first.implant.length) {
    quality.push("implant");
  }
  return { kind: "film-heads", heads, quality };
}
