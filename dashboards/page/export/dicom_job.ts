import type { Server } from "../state/load_study.ts";
import type { Store } from "../state/store.ts";
import { count } from "../ui/format.ts";
import { dicomZip, failureOf } from "./dicom_zip.ts";
import { saveFile } from "./save_file.ts";

/**
 * The page's DICOM export. Only one export runs at a time. It is started from a menu or the head card, and its progress
 * is shown in the sticky bar.
 */
export interface DicomJob {
  /** One line that says that the export is not available; empty if it is available. */
  readonly unavailable: string;
  readonly busy: boolean;
  /** Progress or result of the export; empty before the first export and after {@linkcode dismiss}. */
  readonly words: string;
  /** Share of the export that is done, 0 to 1. */
  readonly share: number;
  /** Whether `words` reports an error. */
  readonly failed: boolean;
  /** Exports these films, or if null all films that the server can export; `name` becomes part of the file name. */
  start(films: readonly string[] | null, name?: string): void;
  /** Stops the export; nothing is saved. */
  cancel(): void;
  /** Clears `words`. */
  dismiss(): void;
  on(listener: () => void): void;
}

/** Line for a page without a server, or with a server that cannot export; empty if the export is available. */
function whyNot(server: Server | null): string {
  if (!server) return "DICOM: only on a served page (caput dashboard STUDY --serve).";
  return server.dicom ? "" : "DICOM: not available from this server.";
}

/** Creates the export job. The job also announces each result in the page's live region. */
export function dicomJob(store: Store, server: Server | null): DicomJob {
  const listeners: (() => void)[] = [], unavailable = whyNot(server);
  let now = { busy: false, words: "", share: 0, failed: false }, stop = new AbortController();
  const set = (change: Partial<typeof now>) => {
    now = { ...now, ...change };
    for (const listener of listeners) listener();
  };
  const end = (words: string, failed: boolean) => {
    set({ busy: false, words, failed });
    if (words) store.say(words);
  };
  async function work(chosen: readonly string[] | null, name: string): Promise<void> {
    const films = chosen ?? await everyFilm(server!);
    const zip = await dicomZip(films, {
      ask: server!.ask,
      signal: stop.signal,
      onFilm: (done) =>
        set({
          words: `DICOM: film ${count(done + 1)} of ${count(films.length)}`,
          share: done / films.length,
        }),
    });
    if (zip.blob) saveFile(zip.blob, `caput-dicom${name ? `-${name}` : ""}.zip`);
    end(outcome(zip.films, zip.failures), zip.failures.length > 0);
  }
  return {
    unavailable,
    get busy() {
      return now.busy;
    },
    get words() {
      return now.words;
    },
    get share() {
      return now.share;
    },
    get failed() {
      return now.failed;
    },
    start(films, name = "") {
      if (now.busy || unavailable) return;
      stop = new AbortController();
      set({ busy: true, words: "DICOM: opening the study", share: 0, failed: false });
      work(films, name).catch((error: Error) =>
        stop.signal.aborted
          ? end("DICOM: cancelled, nothing was saved", false)
          : end(`DICOM: ${reasonOf(error)}`, true)
      );
    },
    cancel: () => stop.abort(),
    dismiss: () => set({ words: "", failed: false }),
    on: (listener) => void listeners.push(listener),
  };
}

/** All films that the server can export. */
async function everyFilm(server: Server): Promise<string[]> {
  const answer = await server.ask("/api/dicom");
  if (answer.ok) return (await answer.json()).films;
  const { message, fix } = await failureOf(answer);
  throw new Error(fix ? `${message} (${fix})` : message);
}

function outcome(films: number, failures: readonly { message: string; fix: string }[]): string {
  const saved = `${count(films)} ${films === 1 ? "film" : "films"} saved`;
  if (failures.length === 0) return `DICOM: ${saved}`;
  const [{ message, fix }] = failures, first = fix ? `${message} (${fix})` : message;
  const failed = `${count(failures.length)} ${
    failures.length === 1 ? "film" : "films"
  } could not be exported`;
  return films > 0 ? `DICOM: ${saved}, ${failed}: ${first}` : `DICOM: nothing was saved, ${failed}: ${first}`;
}

/**
 * The error's message. A `TypeError`, which `fetch` throws if the server is not running, gets a clearer message.
 */
function reasonOf(error: Error): string {
  return error.name === "TypeError" ? "the server does not answer; start it again" : error.message;
}
