import type { DeskView, LearningState, QueuedFilm } from "../../src/mod.ts";

/**
 * Sends requests to the server of the desk (the page for correcting outlines) with the token from the page's address.
 */
export function deskClient() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  history.replaceState(null, "", "/"); // so that no one can read the token on the screen
  const ask = async (path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`/api/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "x-token": token },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (response.ok) return response;
    const text = await response.text();
    let description = text;
    try {
      const { message, fix } = JSON.parse(text).error;
      description = `${message}. ${fix}`;
    } catch { /* plain text */ }
    throw new Error(description);
  };
  return {
    queue: async (): Promise<QueuedFilm[]> => (await (await ask("queue")).json()).films,
    film: async (index: number): Promise<DeskView> => await (await ask(`film/${index}`)).json(),
    pixels: async (index: number) => new Uint16Array(await (await ask(`pixels/${index}`)).arrayBuffer()),
    act: async (index: number, act: object): Promise<DeskView> =>
      await (await ask(`act/${index}`, act)).json(),
    click: async (index: number, at: readonly [number, number]): Promise<DeskView> =>
      await (await ask(`click/${index}`, { at })).json(),
    score: async (
      index: number,
    ): Promise<{ head: string; distance: number; percentile: number; reference: string }[]> =>
      await (await ask(`score/${index}`)).json(),
    learning: async (act?: "start" | "cancel"): Promise<LearningState> =>
      await (await ask("learning", act && { act })).json(),
    agreement: async (): Promise<
      {
        readers: string[];
        films: number;
        heads: number;
        meanDice: number | null;
        radiusPercent: { mean: number } | null;
      }[]
    > => await (await ask("agreement")).json(),
  };
}
