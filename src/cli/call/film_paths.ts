import { Unzip, UnzipInflate, UnzipPassThrough } from "fflate";
import type { Call } from "./verb.ts";
import { InputError } from "../../input_error.ts";

/** Maximum number of files in one folder or ZIP archive. */
const MOST_FILES = 1_000_000;
/** Maximum unpacked size in bytes of a file in a ZIP archive, against decompression bombs. */
const MOST_BYTES = 2_000_000_000;
/** Bytes needed to detect a file's format. */
const HEAD_BYTES = 4096;

/**
 * Extensions of tables and texts, which are often kept with films. They are listed as skipped, in one line and without
 * the `fix` of the error.
 */
const TABLE_OR_TEXT = /\.(csv|tsv|xlsx?|ods|txt|md|jsonl?|pdf|docx?)$/i;

/**
 * One film: the name shown to the user (the typed path, extended by the path inside a folder or archive) and its actual
 * path.
 */
export interface FilmPath {
  readonly typed: string;
  readonly path: string;
}

/**
 * Runs a verb over files, folders and ZIP archives. Folders are searched recursively; archives are unpacked into a
 * temporary folder, which is removed afterwards. Films inside are named `archive.zip/inner/name.dcm`. Other files in a
 * folder or archive are reported and skipped (hidden files and DICOMDIR without a report); a file that is named
 * directly is always tried.
 */
export async function withFilms(call: Call, run: (call: Call) => Promise<number>): Promise<number> {
  const unpacked: string[] = [];
  try {
    const films: FilmPath[] = [];
    for (const typed of call.args) films.push(...await filmsOf(typed, { call, unpacked }));
    const paths = new Map(films.map(({ typed, path }) => [typed, path]));
    return await run({
      ...call,
      args: films.map(({ typed }) => typed),
      resolve: (typed) => paths.get(typed) ?? call.resolve(typed),
    });
  } finally {
    for (const folder of unpacked) await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/**
 * The films of one path: the file itself, or the films in the folder or ZIP archive.
 *
 * @param options.unpacked receives the temporary folders of unpacked ZIP archives, which the caller removes
 * @param options.onFile called with the number of examined files of a folder and their total, before each file and
 * after the last
 * @throws {InputError} if the name of a ZIP archive does not end in .zip, an archive cannot be unpacked, a folder or
 * archive has too many files, a file in an archive is too large, or there is no film.
 */
export async function filmsOf(
  typed: string,
  { call, unpacked, onFile }: {
    call: Call;
    unpacked: string[];
    onFile?: (done: number, total: number) => void;
  },
): Promise<FilmPath[]> {
  const path = call.resolve(typed);
  const info = await Deno.stat(path).catch(() => null);
  const name = typed.replace(/[\\/]+$/, "");
  if (info?.isDirectory) {
    const inside: FilmPath[] = [];
    await walk(path, name, inside);
    return await onlyFilms(inside, { call, from: name, onFile });
  }
  if (!info?.isFile || !await isZip(path)) return [{ typed, path }];
  if (!/\.zip$/i.test(name)) {
    throw new InputError(`Cannot unpack ${name}: the name of a ZIP archive must end in .zip`);
  }
  const folder = await Deno.makeTempDir({ prefix: "caput-zip-" }); // mode 0700: films are patient data
  unpacked.push(folder);
  call.note(`Unpacking ${name}`);
  const inside = await unzipTo(path, { folder, signal: call.signal });
  return await onlyFilms(inside.map((film) => ({ ...film, typed: `${name}/${film.typed}` })), {
    call,
    from: name,
  });
}

/** Files below a folder in order of name, without hidden files and DICOMDIR. Links are not followed. */
async function walk(path: string, name: string, found: FilmPath[]): Promise<void> {
  const entries = [];
  for await (const entry of Deno.readDir(path)) entries.push(entry);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name: base, isFile, isDirectory } of entries) {
    if (base.startsWith(".") || base.toUpperCase() === "DICOMDIR") continue;
    if (isDirectory) await walk(`${path}/${base}`, `${name}/${base}`, found);
    else if (isFile) found.push({ path: `${path}/${base}`, typed: `${name}/${base}` });
    if (found.length > MOST_FILES) throw new InputError(`A folder must hold at most ${MOST_FILES} files`);
  }
}

async function isZip(path: string): Promise<boolean> {
  const [a, b, c, d] = await firstBytes(path, 4);
  return a === 0x50 && b === 0x4b && c === 3 && d === 4;
}

async function firstBytes(path: string, length: number): Promise<Uint8Array> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, await file.read(bytes) ?? 0);
}

/**
 * Keeps the files whose first bytes are those of a film, except masks, and notes which files are skipped.
 *
 * @throws {InputError} if none is a film.
 */
async function onlyFilms(
  files: readonly FilmPath[],
  { call, from, onFile }: { call: Call; from: string; onFile?: (done: number, total: number) => void },
): Promise<FilmPath[]> {
  const { isMaskFileName, sniffFormat } = await import("../../mod.ts");
  const films: FilmPath[] = [], lists: string[] = [], skipped: string[] = [];
  let masks = 0;
  for (const [i, file] of files.entries()) {
    onFile?.(i, files.length);
    if (isMaskFileName(file.typed)) {
      masks++;
      continue;
    }
    try {
      sniffFormat(await firstBytes(file.path, HEAD_BYTES));
      films.push(file);
    } catch (error) {
      if (TABLE_OR_TEXT.test(file.typed)) {
        lists.push(file.typed);
        continue;
      }
      const { message, fix = "" } = error as Error & { fix?: string };
      skipped.push(
        `skipped ${file.typed}: ${message.replace(/^Cannot read the file: /, "")}. ${fix}`.trimEnd(),
      );
    }
  }
  onFile?.(files.length, files.length);
  if (lists.length > 0) {
    const more = lists.length > 5 ? ` and ${lists.length - 5} more` : "";
    call.note(`skipped ${lists.slice(0, 5).join(", ")}${more}: tables and texts, not films`);
  }
  if (masks > 0) {
    call.note(`skipped ${masks} ${masks === 1 ? "mask" : "masks"} of heads, written by caput export --masks`);
  }
  skipped.slice(0, 10).forEach(call.note);
  if (skipped.length > 10) call.note(`and ${skipped.length - 10} more files that are not films`);
  if (films.length === 0) {
    throw new InputError(`No film found in ${from}: it contains ${files.length} other files`);
  }
  return films;
}

/**
 * Unpacks a ZIP archive as a stream, so that a large archive needs little memory. Names in the archive are only
 * displayed, never used as paths.
 */
async function unzipTo(
  path: string,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<FilmPath[]> {
  const films: FilmPath[] = [];
  let failure: Error | null = null;
  const unzip = new Unzip((entry) => {
    if (entry.name.endsWith("/") || /(^|\/)(\.|__MACOSX\/|DICOMDIR$)/i.test(entry.name)) return;
    const film = { typed: entry.name, path: `${folder}/${films.length}` };
    films.push(film);
    const file = Deno.openSync(film.path, { write: true, createNew: true });
    let bytes = 0, open = true;
    const close = () => open && (open = false, file.close());
    entry.ondata = (error, chunk, last) => {
      if (!open) return;
      bytes += chunk?.length ?? 0;
      if (error || bytes > MOST_BYTES || films.length > MOST_FILES) {
        failure ??= new InputError(
          `Cannot unpack ${film.typed}: ${
            error
              ? error.message
              : bytes > MOST_BYTES
              ? `a film must have at most ${MOST_BYTES} bytes`
              : `an archive must hold at most ${MOST_FILES} files`
          }`,
        );
        return close();
      }
      for (let at = 0; at < chunk.length;) at += file.writeSync(chunk.subarray(at));
      if (last) close();
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 20);
  for (let read = await file.read(buffer); read !== null && !failure; read = await file.read(buffer)) {
    signal.throwIfAborted();
    unzip.push(buffer.slice(0, read), false);
  }
  if (!failure) unzip.push(new Uint8Array(0), true);
  if (failure) throw failure;
  return films.sort((a, b) => (a.typed < b.typed ? -1 : 1));
}
