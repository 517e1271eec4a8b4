import {
  liveScorer,
  loadModels,
  MODEL_FILES,
  openModel,
  provideModelFiles,
  providePackageFiles,
  provideRuntime,
  readModels,
  type WebRuntime,
} from "../../src/browser.ts";
import { fetchAsset } from "./fetch_asset.ts";
import type { FromWorker, SiteNote, ToWorker } from "./site_note.ts";

type Open = Extract<ToWorker, { kind: "open" }>;
type Port = {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
};

/** Runs in the worker: loads the networks when the page asks for it, then scores the films that the page sends. */
export function serveScoring(runtime: WebRuntime): void {
  polyfillBase64();
  const port = self as unknown as Port;
  let filmId = 0;
  let scorer: ((bytes: Uint8Array, name: string) => Promise<object>) | undefined;
  port.onmessage = async ({ data }) => {
    try {
      if (data.kind === "open") {
        scorer = await open(data, {
          runtime,
          say: (message) => port.postMessage(message),
          onStage: (stage) => port.postMessage({ kind: "stage", id: filmId, stage }),
        });
        return;
      }
      filmId = data.id;
      port.postMessage({ kind: "scored", id: data.id, score: await scorer!(data.bytes, data.name) });
    } catch (error) {
      port.postMessage({ kind: "failed", message: (error as Error)?.message ?? String(error) });
    }
  };
}

async function open(
  { note, base, engine, strict, threads }: Open,
  { runtime, say, onStage }: {
    runtime: WebRuntime;
    say: (message: FromWorker) => void;
    onStage: (stage: string) => void;
  },
): Promise<(bytes: Uint8Array, name: string) => Promise<object>> {
  const get = (name: string) =>
    fetchAsset(asset(note, name), { base, onBytes: (bytes) => say({ kind: "fetched", bytes }) });
  const { wasm } = runtime.env;
  wasm.wasmBinary = (await get(engine)).buffer;
  wasm.numThreads = threads;
  runtime.env.logLevel = "fatal";
  provideRuntime(runtime);
  provideModelFiles(get);
  providePackageFiles(() => get("codecs"));
  const device = engine === "wasm" ? "cpu" : strict ? "webgpu" : "auto";
  const models = await loadModels("score", { device, threads });
  const scorer = liveScorer(models, { map: await mapModels(), onStage });
  say({ kind: "open", device: models.device, reason: models.deviceReason, threads });
  return scorer;

  /** The encoder that places a head on the study's map: the encoder under `map/` or, if there is none, for scoring. */
  async function mapModels() {
    if (!Object.hasOwn(note.assets, "map/plan.json")) return models;
    const { files } = await readModels("map", { need: [MODEL_FILES.encoder] });
    return { encoder: await openModel(files[MODEL_FILES.encoder], { device: models.device, threads }) };
  }
}

function asset({ assets }: SiteNote, name: string) {
  if (Object.hasOwn(assets, name)) return assets[name];
  throw new Error(`Cannot open the networks: the site has no file ${name}; build the site again`);
}

/** Base64 for browsers that do not have `toBase64` yet. */
function polyfillBase64(): void {
  const prototype = Uint8Array.prototype as { toBase64?: () => string };
  prototype.toBase64 ??= function (this: Uint8Array) {
    let text = "";
    for (let i = 0; i < this.length; i += 32_768) {
      text += String.fromCharCode(...this.subarray(i, i + 32_768));
    }
    return btoa(text);
  };
}
