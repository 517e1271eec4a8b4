import { unzipSync, Zip, ZipDeflate } from "fflate";

/** A film that could not be exported, and why. */
export interface DicomFailure {
  readonly film: string;
  readonly message: string;
  readonly fix: string;
}

/** Outcome of {@linkcode dicomZip}. */
export interface DicomZip {
  /** The ZIP; null if no film could be exported. */
  readonly blob: Blob | null;
  /** Number of films in the ZIP. */
  readonly films: number;
  readonly failures: readonly DicomFailure[];
}

/** Options of {@linkcode dicomZip}. */
export interface DicomZipOptions {
  /** Sends a request to the page's own server. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Cancels the export. */
  readonly signal: AbortSignal;
  /** Called before each film with the number of films done. */
  onFilm(done: number): void;
  /** Maximum size of the ZIP in bytes; the format without ZIP64 is limited to 4 GiB. @default {4_000_000_000} */
  readonly maxBytes?: number;
}

/** Number of bytes compressed in one step; between the steps the page can respond to the user. */
const STEP = 1 << 20;

const README =
  "Outlines (.seg.dcm, Segmentation) and measurements (.sr.dcm, Structured Report) of femoral heads, made by Caput;\r\n" +
  ".film.dcm is a copy of a film that has no UIDs. Patient ids are keyed hashes.\r\n" +
  "Research and teaching only, not a medical device.\r\n";

/**
 * Collects the DICOM objects of films in one ZIP. The objects are requested film by film, so that progress can be
 * shown, a cancelled export ends soon, and the other films are still saved if one fails.
 *
 * @throws {Error} if the export is cancelled, the server does not answer or refuses the key, or the ZIP would be larger
 * than `maxBytes`.
 */
export async function dicomZip(films: readonly string[], options: DicomZipOptions): Promise<DicomZip> {
  const { signal, onFilm, maxBytes = 4_000_000_000 } = options;
  const archive = zipArchive(), failures: DicomFailure[] = [];
  let saved = 0;
  for (const [i, film] of films.entries()) {
    signal.throwIfAborted();
    onFilm(i);
    const answer = await options.ask("/api/dicom", {
      method: "POST",
      body: JSON.stringify({ film }),
      headers: { "content-type": "application/json" },
      signal,
    });
    if (!answer.ok) {
      failures.push({ film, ...await failureOf(answer) });
      continue;
    }
    for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(await answer.arrayBuffer())))) {
      await archive.add(name, bytes);
      signal.throwIfAborted();
    }
    if (archive.size() > maxBytes) {
      throw new Error(
        `The ZIP would be larger than ${maxBytes / 1e9} GB. Select fewer heads, or write the objects with: ` +
          "deno task -q caput export STUDY --dicom DIR",
      );
    }
    saved++;
  }
  if (saved === 0) return { blob: null, films: 0, failures };
  const failed = failures.map(({ film, message }) => `Not exported: ${film}: ${message}\r\n`).join("");
  await archive.add("README.txt", new TextEncoder().encode(README + failed));
  return { blob: archive.end(), films: saved, failures };
}

/**
 * The server's error for a film that the server could not export.
 *
 * @throws {Error} for any other response, such as a rejected key, because the other films would fail too.
 */
export async function failureOf(answer: Response): Promise<{ message: string; fix: string }> {
  const json = (answer.headers.get("content-type") ?? "").includes("json");
  if (json && (answer.status === 422 || answer.status === 404)) {
    const { error: { message, fix } } = await answer.json();
    return { message, fix };
  }
  throw new Error(
    answer.status === 401
      ? "The server does not accept this page's key, because it was restarted. Open the address that it printed."
      : `The server answered ${answer.status}: ${await answer.text()}`,
  );
}

/** A ZIP written in steps. Finished parts are kept in blobs, which the browser may store on disk. */
function zipArchive() {
  const blobs: Blob[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [], size = 0, failure: Error | null = null;
  const zip = new Zip((error, part) => {
    failure ??= error;
    parts.push(part as Uint8Array<ArrayBuffer>);
    size += part.length;
  });
  const flush = () => {
    if (failure) throw failure;
    blobs.push(new Blob(parts));
    parts = [];
  };
  return {
    size: () => size,
    async add(name: string, bytes: Uint8Array): Promise<void> {
      const entry = new ZipDeflate(name, { level: 6 });
      zip.add(entry);
      for (let at = 0; at < bytes.length; at += STEP) {
        entry.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
        await new Promise((resolve) => setTimeout(resolve));
      }
      flush();
    },
    end(): Blob {
      zip.end();
      flush();
      return new Blob(blobs, { type: "application/zip" });
    },
  };
}
