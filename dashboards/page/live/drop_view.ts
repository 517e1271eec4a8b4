import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { type DroppedFilm, droppedFilms, filesOfDrop } from "./dropped_files.ts";
import type { FilmScorer } from "./film_scorer.ts";
import { livePoints } from "./live_points.ts";
import { liveResult } from "./live_result.ts";
import type { LivePoint, Store } from "../state/store.ts";

/**
 * Area for dropping radiographs. The films are scored by the server on this machine or in the tab, and are sent nowhere
 * else. Without a scorer: how to start one.
 */
export function dropView(store: Store, scorer: FilmScorer | null): HTMLElement {
  const status = el("p", { class: "quiet live-status", role: "status" });
  const results = el("div", { class: "live" });
  if (!scorer) {
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
        el(
          "p",
          {},
          "or build a static site from the study, which scores films in the browser without any installation:",
        ),
        el("pre", { tabindex: 0 }, "deno task -q caput site STUDY --out DIR --serve"),
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
      input.value = ""; // so that choosing the same file again triggers a change event
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
      `or choose files: DICOM, PNG, TIFF, JPEG, folders or ZIP archives. ${scorer.promise}`,
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
    if (!busy && waiting.length > 0) await work();
  }
  async function work(): Promise<void> {
    busy = true;
    done = 0;
    results.replaceChildren(); // new files replace the files dropped before
    points.length = 0;
    store.setLive([]);
    for (let film = waiting.shift(); film; film = waiting.shift()) {
      const total = done + 1 + waiting.length;
      const { name } = film, place = total > 1 ? `, film ${done + 1} of ${total}` : "";
      const say = (
        stage: string,
      ) => (status.textContent = `Reading ${name}${place}${stage && `: ${stage}`} \u2026`);
      say("");
      const score = await scorer!.score(film, say);
      done++;
      points.push(...livePoints(store, score.heads ?? [], {
        film: total > 1 ? `film ${done} ` : "",
        reference: score.reference,
      }));
      results.append(
        el("div", { class: "live-film" }, liveResult(store, score, { number: total > 1 ? done : 0 })),
      );
      store.setLive([...points]);
      clear.hidden = false;
    }
    status.textContent = done > 1 ? `${done} films done` : "";
    busy = false;
  }
  return el("div", {}, zone, scorer.panel, el("div", { class: "controls" }, status, clear), results);
}

/** Accepts files dropped anywhere on the page; otherwise the browser would open them and leave the page. */
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
