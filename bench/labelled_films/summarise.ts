import type { JudgedFilm } from "./judge_film.ts";

/** Detection results for a set of films. */
export interface Summary {
  readonly films: number;
  readonly heads: number;
  /** Share of the true heads whose outline has IoU >= 0.5 with the disc inside the true circle. */
  readonly iou50: number;
  /** The same share for IoU >= 0.75. */
  readonly iou75: number;
  /** Mean IoU of the outlines' masks over all true heads; a missed head counts as 0. */
  readonly meanIou: number;
  /** The same mean for the circles fitted to the outlines. */
  readonly meanCircleIou: number;
  readonly falseHeads: number;
  /**
   * Share of found heads (IoU >= 0.5) whose side is correct, among those whose side is known; null if there are none.
   */
  readonly sideRight: number | null;
  /** Number of correct heads (IoU >= 0.5) marked `low-confidence`. */
  readonly doubtfulRight: number;
  /** Number of false heads marked `low-confidence`. */
  readonly doubtfulFalse: number;
  /** Films with a head below IoU 0.75 or a false head: name and IoU of each head. */
  readonly misses: readonly string[];
}

const share = (flags: readonly boolean[]) => flags.filter(Boolean).length / flags.length;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Summarises the results of a set of films. */
export function summarise(films: readonly JudgedFilm[]): Summary {
  const heads = films.flatMap((film) => film.heads), found = heads.filter(({ iou }) => iou >= 0.5);
  const sided = found.filter(({ truth }) => truth.side !== "unknown");
  const isDoubtful = ({ quality }: { quality: readonly string[] }) => quality.includes("low-confidence");
  const missed = films.filter((film) =>
    film.falseHeads.length > 0 || film.heads.some(({ iou }) => iou < 0.75)
  );
  return {
    films: films.length,
    heads: heads.length,
    iou50: share(heads.map(({ iou }) => iou >= 0.5)),
    iou75: share(heads.map(({ iou }) => iou >= 0.75)),
    meanIou: mean(heads.map(({ iou }) => iou)),
    meanCircleIou: mean(heads.map(({ circleIou }) => circleIou)),
    falseHeads: films.reduce((sum, film) => sum + film.falseHeads.length, 0),
    sideRight: sided.length ? share(sided.map(({ truth, found }) => truth.side === found!.side)) : null,
    doubtfulRight: found.filter(({ found }) => isDoubtful(found!)).length,
    doubtfulFalse: films.flatMap((film) => film.falseHeads).filter(isDoubtful).length,
    misses: missed.map((film) => {
      const ious = film.heads.map(({ iou }) => iou.toFixed(2)).join(" ");
      return `${film.name} ${ious}${film.falseHeads.length ? `, ${film.falseHeads.length} false` : ""}`;
    }),
  };
}

/** Formats the summary as lines for the terminal. */
export function formatSummary(title: string, summary: Summary): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const { films, heads, iou50, iou75, meanIou, meanCircleIou, falseHeads, sideRight, misses } = summary;
  return [
    `${title}: ${films} films, ${heads} heads; found at IoU >= 0.5 ${percent(iou50)}, >= 0.75 ${
      percent(iou75)
    }; ` +
    `mean IoU ${meanIou.toFixed(3)} (masks), ${meanCircleIou.toFixed(3)} (circles); ${falseHeads} false` +
    (sideRight === null ? "" : `; side correct ${percent(sideRight)}`) +
    `; marked low-confidence: ${summary.doubtfulRight} correct, ${summary.doubtfulFalse} false`,
    ...misses.map((line) => `  ${line}`),
  ].join("\n");
}
