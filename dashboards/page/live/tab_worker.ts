import { fetchAsset } from "../../site/fetch_asset.ts";
import type { Engine, FromWorker, SiteNote, ToWorker } from "../../site/site_note.ts";

/** A worker that has loaded the networks. */
export interface TabWorker {
  /** `cpu` or `webgpu`, where the networks run. */
  readonly device: string;
  /** Why the networks run on this device, as text. */
  readonly reason: string;
  readonly threads: number;
  /**
   * Scores one film. @throws {Error} {@linkcode SLOW} if reading the film takes longer than `readMs` (close the worker
   * then), or with the worker's message if scoring fails.
   */
  score(
    film: { name: string; bytes: Uint8Array<ArrayBuffer> },
    options: { readMs: number; onStage: (words: string) => void },
  ): Promise<object>;
  close(): void;
}

/** Maximum number of threads; with more, they mostly wait for each other. */
const MOST_THREADS = 4;

/** Error message when reading a film takes too long. */
export const SLOW = "slow";

/**
 * Starts a worker and makes it load the networks. The worker's script is checked like every asset of the site and
 * started from a blob, so that the worker is subject to the page's content security policy.
 *
 * @param options.strict With WebGPU: true to use only the graphics processor (GPU), even if it is slower than the CPU.
 * @throws {Error} if the script cannot be fetched, or with the worker's message if the networks cannot be loaded.
 */
export async function startWorker(
  note: SiteNote,
  { engine, strict, onFetched }: { engine: Engine; strict: boolean; onFetched: (bytes: number) => void },
): Promise<TabWorker> {
  const base = document.baseURI.split("#")[0];
  const script = await fetchAsset(note.assets[`${engine}_worker`], { base, onBytes: onFetched });
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(address, { type: "module" });
  const threads = crossOriginIsolated ? Math.min(MOST_THREADS, navigator.hardwareConcurrency || 1) : 1;
  let hear: (message: FromWorker) => void = () => {}, fail: (error: Error) => void = () => {};
  let next = 0;
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === "fetched") onFetched(data.bytes);
    else if (data.kind === "failed") fail(new Error(data.message));
    else hear(data);
  };
  worker.onerror = (event) =>
    fail(new Error(event.message || "the worker ended; the film may need more memory than is available"));
  const send = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
  try {
    const opened = await new Promise<Extract<FromWorker, { kind: "open" }>>((resolve, reject) => {
      fail = reject;
      hear = (message) => message.kind === "open" && resolve(message);
      send({ kind: "open", note, base, engine, strict, threads });
    });
    return { device: opened.device, reason: opened.reason, threads, score, close };
  } catch (error) {
    close();
    throw error;
  }

  function score(
    { name, bytes }: { name: string; bytes: Uint8Array<ArrayBuffer> },
    { readMs, onStage }: { readMs: number; onStage: (words: string) => void },
  ): Promise<object> {
    const id = next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(SLOW)), readMs);
      fail = (error) => {
        clearTimeout(timer);
        reject(error);
      };
      hear = (message) => {
        if (message.kind === "stage" && message.id === id) {
          if (!message.stage.startsWith("reading")) clearTimeout(timer);
          onStage(message.stage);
        }
        if (message.kind === "scored" && message.id === id) {
          clearTimeout(timer);
          resolve(message.score);
        }
      };
      send({ kind: "score", id, name, bytes }, [bytes.buffer]);
    });
  }

  function close(): void {
    worker.terminate();
    URL.revokeObjectURL(address);
  }
}
