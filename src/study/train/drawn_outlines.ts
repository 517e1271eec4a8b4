import { type Component, components } from "../../image/components.ts";
import type { BoxedMask } from "../../masks/boxed_mask.ts";
import { intersectionOverUnion } from "../../segmentation/outline/dice.ts";
import type { Radiograph } from "../../types.ts";
import { type DrawnMask, readMask } from "../cohort/read_mask.ts";
import { failureOf } from "../cohort/failure_of.ts";
import type { ExpectedHead, UnusableRow } from "../cohort/film_job.ts";
import type { OutlinedHead } from "./pool_film.ts";
import { InputError } from "../../input_error.ts";

/** Drawn outlines of a film's heads. If there is a failure, the film is not used for training. */
export interface DrawnOutlines {
  readonly heads: readonly OutlinedHead[];
  readonly failures: readonly UnusableRow[];
}

/** Connected patches smaller than this share of the largest patch are ignored as drawing errors. */
const SPECK = 0.05;
/** Maximum share of a film that a head can cover. */
const MAX_SHARE = 0.6;
/** Minimum number of pixels of a head. */
const LEAST_PX = 64;

/**
 * Reads the drawn masks of a film's heads, in any format of {@linkcode readMask}. Every head of a film must be drawn,
 * because otherwise the network would learn it as background. One mask may show both heads; the head further left on the
 * film is then taken as the patient's right one.
 *
 * @param options.file path of the film, for messages and for files that contain outlines of several films
 * @param options.read reads an image mask
 */
export async function drawnOutlines(
  expected: readonly ExpectedHead[],
  { film, file, read }: { film: Radiograph; file: string; read: (path: string) => Promise<Radiograph> },
): Promise<DrawnOutlines> {
  const heads: OutlinedHead[] = [], failures: UnusableRow[] = [];
  for (const head of expected) {
    try {
      if (!head.mask) {
        throw unfit(
          "no outline is drawn of this head",
          "no-mask",
          "draw it and name its file in the column mask",
        );
      }
      if (head.side === "unknown") {
        throw unfit("its side is not known", "no-side", "enter right or left: sides are trained too");
      }
      const sharing = expected.filter(({ mask }) => mask === head.mask).length;
      heads.push({
        side: head.side,
        ...outlineOf(await readMask(head.mask, { film: file, side: head.side, picture: read }), {
          ...{ film, side: head.side, sharing },
        }),
      });
    } catch (error) {
      failures.push({ ...failureOf(error, head), file: head.mask ?? file });
    }
  }
  const [a, b] = heads;
  if (b && failures.length === 0 && intersectionOverUnion(a, b) > 0.2) {
    const overlap = unfit(
      "the outlines of the two heads overlap",
      "bad-mask",
      "draw each head in a mask of its own",
    );
    failures.push(...expected.map((head) => ({ ...failureOf(overlap, head), file: head.mask! })));
  }
  return { heads, failures };
}

/** The outline in a mask; if the mask shows both heads, that of the head of this side. */
function outlineOf(
  mask: DrawnMask,
  { film, side, sharing }: { film: Radiograph; side: "right" | "left"; sharing: number },
): BoxedMask {
  const { widthPx, heightPx, bits } = mask;
  if (widthPx !== film.widthPx || heightPx !== film.heightPx) {
    const sizes = `${widthPx} x ${heightPx} px, its film ${film.widthPx} x ${film.heightPx} px`;
    throw unfit(`the mask has ${sizes}`, "bad-mask", "draw it on the film at its full size");
  }
  const { labels, components: found } = components(bits, { widthPx, heightPx });
  const parts = found.filter(({ areaPx }) => areaPx >= SPECK * found[0].areaPx);
  if (parts.length === 0) {
    throw unfit("the mask is empty", "bad-mask", "draw the head with values above 0 on a background of 0");
  }
  const share = parts.reduce((sum, { areaPx }) => sum + areaPx, 0) / bits.length;
  if (share > MAX_SHARE) {
    const problem = `the mask covers ${(100 * share).toFixed(0)} % of the film`;
    throw unfit(
      problem,
      "bad-mask",
      "draw the head with values above 0 on a background of 0, and save it as PNG or TIFF",
    );
  }
  if (parts.length !== 1 && parts.length !== sharing) {
    const rule = sharing === 1 ? "1 connected patch" : `1 or ${sharing} connected patches`;
    throw unfit(
      `the mask must have ${rule}, got ${parts.length}`,
      "bad-mask",
      "draw the head alone, as one patch",
    );
  }
  const [leftmost, other] = [...parts].sort((a, b) => a.centroidPx[0] - b.centroidPx[0]);
  const part = other && side === "left" ? other : leftmost;
  if (part.areaPx < LEAST_PX) {
    throw unfit(
      `a head must have at least ${LEAST_PX} pixels, got ${part.areaPx}`,
      "bad-mask",
      "draw the whole head",
    );
  }
  return cut(labels, part, widthPx);
}

function cut(labels: Int32Array, { label, boxPx }: Component, widthPx: number): BoxedMask {
  const mask = new Uint8Array(boxPx.width * boxPx.height); // [height, width]
  for (let i = 0; i < mask.length; i++) {
    const x = boxPx.x + i % boxPx.width, y = boxPx.y + Math.floor(i / boxPx.width);
    mask[i] = labels[y * widthPx + x] === label ? 1 : 0;
  }
  return { boxPx, mask };
}

function unfit(what: string, code: string, fix: string): InputError {
  return Object.assign(new InputError(`Cannot train on this row: ${what}`, { fix }), { code });
}
