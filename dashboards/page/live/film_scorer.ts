import type { LiveScore } from "../../live_score.ts";
import type { DroppedFilm } from "./dropped_files.ts";

/** Scores dropped films, either on this machine's server or in the tab. */
export interface FilmScorer {
  /** One sentence for the drop zone: what happens to the films. */
  readonly promise: string;
  /** Further elements to show, such as the engine and its loading progress. */
  readonly panel: HTMLElement | null;
  /** Scores one film; `onStage` is called with each step. Never throws: a failure is returned as `error`. */
  score(film: DroppedFilm, onStage: (words: string) => void): Promise<LiveScore>;
}

/** The result for a film that could not be scored. */
export function failedScore(
  name: string,
  { code, message, fix }: { code: string; message: string; fix?: string },
): LiveScore {
  return { file: name, heads: [], quality: [], error: { code, message, fix } };
}
