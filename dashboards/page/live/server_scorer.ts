import type { LiveScore } from "../../live_score.ts";
import type { Server } from "../state/load_study.ts";
import type { DroppedFilm } from "./dropped_files.ts";
import { failedScore, type FilmScorer } from "./film_scorer.ts";

/** Scores films with the page's own server on this machine. */
export function serverScorer(server: Server): FilmScorer {
  return { promise: "They stay on this machine.", panel: null, score };

  async function score({ name, body }: DroppedFilm): Promise<LiveScore> {
    const failed = (code: string, message: string) => failedScore(name, { code, message });
    try {
      const answer = await server.ask("/api/score", {
        method: "POST",
        body,
        headers: { "x-name": encodeURIComponent(name) },
      });
      const type = answer.headers.get("content-type") ?? "";
      if (!type.includes("json")) return failed(String(answer.status), await answer.text());
      return { ...await answer.json() as LiveScore, file: name };
    } catch (error) {
      return failed("no-server", `The server did not answer (${(error as Error).message}); start it again`);
    }
  }
}
