import type { LiveScore } from "../../live_score.ts";
import type { DroppedFilm } from "./dropped_files.ts";

/** Who scores the films that are dropped: this machine's own server, or the tab itself. */
export interface FilmScorer {
  /** One sentence for the drop zone: what becomes of the films. */
  readonly promise: string;
  /** What else is to be seen, such as the engine and how far it is loaded. */
  readonly panel: HTMLElement | null;
  /** Scores one film; `onStage` hears what is being done. Whatever goes wrong is an `error` of the answer. */
  score(film: DroppedFilm, onStage: (words: string) => void): Promise<LiveScore>;
}

/** The answer for a film that could not be scored. */
export function failedScore(
  name: string,
  { code, message, fix }: { code: string; message: string; fix?: string },
): LiveScore {
  return { file: name, heads: [], quality: [], error: { code, message, fix } };
}
