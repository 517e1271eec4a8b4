import type { LiveScore } from "../../live_score.ts";
import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { type DroppedFilm, droppedFilms, filesOfDrop } from "./dropped_files.ts";
import { livePoints } from "./live_points.ts";
import { liveResult } from "./live_result.ts";
import type { Server } from "../state/load_study.ts";
import type { LivePoint, Store } from "../state/store.ts";

/** Area for dropping radiographs, which are sent only to the server on this machine. */
export function dropView(store: Store, server: Server | null): HTMLElement {
  const status = el("p", { class: "quiet live-status", role: "status" });
  const results = el("div", { class: "live" });
  if (!server) {
    catchDrops(() => {
      status.textContent =
        "Nothing was sent or opened, because this page has no server. Start one as shown and drop the films there.";
      document.getElementById("score")?.scrollIntoView();
    });
    return el(
      "div",
      {},
      el(
        "div",
        { class: "drop closed" },
        el(
          "p",
          {},
          "This page was opened from a file, so it only shows the study. To score your own radiographs, serve it on your machine:",
        ),
        el("pre", { tabindex: 0 }, "deno task -q caput dashboard STUDY --serve --open"),
      ),
      status,
    );
  }
  const input = el("input", {
    type: "file",
    class: "unseen",
    id: "film",
    multiple: true,
    onchange: () => {
      take(Promise.resolve([...input.files ?? []]));
      input.value = ""; // the same file may be chosen again
    },
  });
  const zone = el(
    "label",
    { class: "drop", for: "film" },
    input,
    el("strong", {}, "Drop hip radiographs anywhere on this page"),
    el(
      "span",
      { class: "quiet" },
      "or choose files: DICOM, PNG, TIFF, JPEG, folders or ZIP archives. They stay on this machine.",
    ),
  );
  const clear = button("Remove these results", () => {
    results.replaceChildren();
    points.length = 0;
    store.setLive([]);
    status.textContent = "";
    clear.hidden = true;
  }, { hidden: true });
  const points: LivePoint[] = [];
  const waiting: DroppedFilm[] = [];
  let busy = false, done = 0;
  catchDrops((data) => {
    document.getElementById("score")?.scrollIntoView();
    take(filesOfDrop(data));
  });
  async function take(files: Promise<File[]>): Promise<void> {
    try {
      waiting.push(...await droppedFilms(await files));
    } catch (error) {
      results.prepend(el("p", { class: "warn" }, (error as Error).message));
    }
    if (!busy) await work();
  }
  async function work(): Promise<void> {
    busy = true;
    done = 0;
    results.replaceChildren(); // what is dropped now takes the place of what was dropped before
    points.length = 0;
    store.setLive([]);
    for (let film = waiting.shift(); film; film = waiting.shift()) {
      const total = done + 1 + waiting.length;
      status.textContent = `Reading ${film.name}${total > 1 ? `, film ${done + 1} of ${total}` : ""} \u2026`;
      const score = await send(film);
      done++;
      points.push(...livePoints(store, score.heads ?? [], total > 1 ? `film ${done} ` : ""));
      results.append(
        el("div", { class: "live-film" }, liveResult(store, score, { number: total > 1 ? done : 0 })),
      );
      store.setLive([...points]);
      clear.hidden = false;
    }
    status.textContent = done > 1 ? `${done} films read` : "";
    busy = false;
  }
  async function send({ name, body }: DroppedFilm): Promise<LiveScore> {
    const failed = (code: string, message: string): LiveScore => ({
      file: name,
      heads: [],
      quality: [],
      error: { code, message },
    });
    try {
      const answer = await server!.ask("/api/score", {
        method: "POST",
        body,
        headers: { "x-name": encodeURIComponent(name) },
      });
      const type = answer.headers.get("content-type") ?? "";
      if (!type.includes("json")) return failed(String(answer.status), await answer.text());
      return { ...await answer.json() as LiveScore, file: name };
    } catch (error) {
      return failed("no-server", `The server did not answer: ${(error as Error).message}`);
    }
  }
  return el("div", {}, zone, el("div", { class: "controls" }, status, clear), results);
}

/** Takes files dropped anywhere; the browser would open them in place of the page. */
function catchDrops(take: (data: DataTransfer) => void): void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const over = (on: boolean) => document.documentElement.classList.toggle("dropping", on);
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && over(false));
  document.addEventListener("drop", (event) => {
    over(false);
    if (!event.dataTransfer || !holdsFiles(event)) return;
    event.preventDefault();
    take(event.dataTransfer);
  });
}
