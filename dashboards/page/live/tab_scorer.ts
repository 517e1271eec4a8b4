import type { LiveScore } from "../../live_score.ts";
import { fetchAsset, isCached } from "../../site/fetch_asset.ts";
import { type Engine, filesFor, type SiteNote } from "../../site/site_note.ts";
import { el } from "../ui/dom.ts";
import { chooseEngine, type EngineChoice } from "./choose_engine.ts";
import type { DroppedFilm } from "./dropped_files.ts";
import { failedScore, type FilmScorer } from "./film_scorer.ts";
import { SLOW, startWorker, type TabWorker } from "./tab_worker.ts";

/** Maximum size in bytes of a film that is read in a tab. */
const MOST_BYTES = 256_000_000;

/**
 * Time limit for reading a film, in ms: twice the command line's limit for a film of 40 million pixels
 * (`src/radiograph/guard/limits.ts`), because phones are slower.
 */
const readMs = (bytes: number) => 2 * (12_000 + bytes / 500);

const NAMES: Record<Engine, string> = { wasm: "WebAssembly", webgpu: "WebGPU" };
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

/** Scores films in this tab: nothing leaves the browser. */
export function tabScorer(note: SiteNote): FilmScorer {
  const where = el("span", { class: "engine-words" }), storedNote = el("span", { class: "kept-words" });
  const choice = el(
    "select",
    { id: "engine", onchange: () => void change() },
    el("option", { value: "auto" }, "automatic choice"),
    el("option", { value: "wasm" }, "WebAssembly (processor)"),
    el("option", { value: "webgpu" }, "WebGPU (graphics processor)"),
  );
  const panel = el(
    "div",
    { class: "engine" },
    el("label", { for: "engine" }, "Compute with "),
    choice,
    el("p", { class: "quiet small", role: "status", id: "engine-status" }, where, " ", storedNote),
  );
  let opened: Promise<TabWorker> | undefined, fetched = 0, onFetched = () => {};
  const requested = () => choice.value as EngineChoice;
  void describe();
  whenIdle(() => void keepForOffline());
  return { promise: "They are read in this tab and sent nowhere.", panel, score };

  async function score({ name, body }: DroppedFilm, onStage: (words: string) => void): Promise<LiveScore> {
    if (body.size > MOST_BYTES) {
      return failedScore(name, {
        code: "too-large",
        message: `Cannot read ${name}: a film must have at most ${megabytes(MOST_BYTES)} here, got ${
          megabytes(body.size)
        }`,
        fix: "Score it with Caput's command line.",
      });
    }
    let worker: TabWorker;
    try {
      const bytes = new Uint8Array(await body.arrayBuffer());
      onFetched = () => onStage(`fetching the networks, ${megabytes(fetched)}`);
      onStage("opening the networks");
      worker = await (opened ??= open());
      return {
        ...await worker.score({ name, bytes }, { readMs: readMs(bytes.length), onStage }) as LiveScore,
        file: name,
      };
    } catch (error) {
      restart();
      const { message } = error as Error;
      if (message === SLOW) {
        const fix = "Export the file again: decoding it takes far longer than decoding a film should.";
        return failedScore(name, {
          code: "time-limit",
          message: `Cannot read ${name}: it took too long`,
          fix,
        });
      }
      return failedScore(name, {
        code: "no-engine",
        message,
        fix: "Choose another way to compute, or reload the page.",
      });
    } finally {
      onFetched = () => {};
    }
  }

  /**
   * Starts a worker. If WebGPU was chosen automatically, but cannot be used or is slower than the CPU, starts a
   * WebAssembly worker instead.
   */
  async function open(): Promise<TabWorker> {
    const wanted = requested(), { engine, why } = await chooseEngine(wanted);
    const start = (on: Engine) =>
      startWorker(note, { engine: on, strict: wanted === "webgpu", onFetched: addFetched });
    const worker = await start(engine);
    if (engine === "webgpu" && worker.device === "cpu") {
      worker.close();
      const second = await start("wasm");
      say("wasm", `WebGPU is not used here: ${worker.reason}`, second.threads);
      void keepForOffline("wasm");
      return second;
    }
    say(engine, why, worker.threads);
    return worker;
  }

  function addFetched(bytes: number): void {
    fetched += bytes;
    onFetched();
  }

  async function describe(): Promise<void> {
    const { engine, why } = await chooseEngine(requested());
    if (!opened) say(engine, why, null);
  }

  function say(engine: Engine, why: string, threads: number | null): void {
    // Threads need a cross-origin isolated page. If the host does not send the headers for this, the service worker
    // adds them after a reload.
    const hint = crossOriginIsolated ? "" : " (reload the page to use more)";
    const how = threads === null || engine === "webgpu"
      ? ""
      : `, ${threads} ${threads === 1 ? "thread" : "threads"}${threads === 1 ? hint : ""}`;
    where.textContent = `${threads === null ? "Will run" : "Runs"} on ${NAMES[engine]}${how}: ${why}.`;
    panel.dataset.engine = threads === null ? "" : engine;
  }

  async function change(): Promise<void> {
    restart();
    await describe();
    await keepForOffline();
  }

  function restart(): void {
    opened?.then((worker) => worker.close(), () => {});
    opened = undefined;
  }

  /** Fetches all files for scoring in advance, so that scoring then works offline; not if the browser saves data. */
  async function keepForOffline(on?: Engine): Promise<void> {
    delete panel.dataset.kept;
    const engine = on ?? (await chooseEngine(requested())).engine, base = document.baseURI.split("#")[0];
    const assets = filesFor(engine, note).map((name) => note.assets[name]);
    const whole = assets.reduce((sum, { wireBytes }) => sum + wireBytes, 0);
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    if (connection?.saveData) {
      return void (storedNote.textContent = `The first film fetches ${megabytes(whole)}.`);
    }
    let had = 0;
    try {
      for (const asset of assets) {
        if (!await isCached(asset, base)) await fetchAsset(asset, { base });
        had += asset.wireBytes;
        storedNote.textContent = `Storing the models and the runtime for offline use: ${megabytes(had)} of ${
          megabytes(whole)
        }.`;
      }
      await navigator.serviceWorker?.ready;
      storedNote.textContent = `Works offline: this browser has stored the models and the runtime (${
        megabytes(whole)
      }).`;
      panel.dataset.kept = "true";
    } catch (error) {
      storedNote.textContent = (error as Error).message;
    }
  }
}

function whenIdle(work: () => void): void {
  const { requestIdleCallback } = globalThis as { requestIdleCallback?: (work: () => void) => void };
  if (requestIdleCallback) requestIdleCallback(work);
  else setTimeout(work, 1000);
}
