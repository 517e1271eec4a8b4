import { unzip } from "fflate";

/** A film to be scored: its name, with the name of its ZIP file or folder (if any) in front, and its bytes. */
export interface DroppedFilm {
  readonly name: string;
  readonly body: Blob;
}

/** Maximum size in bytes of a ZIP that is unpacked in the page, and of its files together. */
const MOST_BYTES = 1_000_000_000;

/**
 * The films of dropped or chosen files. ZIP files are unpacked, without hidden files and sorted by name; every other
 * file is taken as a film.
 *
 * @throws {Error} if a ZIP file cannot be unpacked or is larger than 1 GB, packed or unpacked.
 */
export async function droppedFilms(files: readonly File[]): Promise<DroppedFilm[]> {
  const films: DroppedFilm[] = [];
  for (const file of files) {
    if (await isZip(file)) films.push(...await unzipped(file));
    else films.push({ name: nameOf(file), body: file });
  }
  return films;
}

/** Dropped files. Dropped folders are searched, each in order of names, without hidden files and folders. */
export async function filesOfDrop(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].flatMap((item) => {
    const entry = item.webkitGetAsEntry?.();
    return entry ? [entry] : [];
  });
  if (!entries.some((entry) => entry.isDirectory)) return [...data.files];
  return (await Promise.all(entries.map(walk))).flat();
}

async function walk(entry: FileSystemEntry): Promise<File[]> {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) {
    return [
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    ];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader(), inside: FileSystemEntry[] = [];
  for (;;) { // a directory reader returns at most 100 entries per call
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject)
    );
    if (some.length === 0) break;
    inside.push(...some);
  }
  inside.sort((a, b) => (a.name < b.name ? -1 : 1));
  return (await Promise.all(inside.map(walk))).flat();
}

const nameOf = (file: File) => file.webkitRelativePath || file.name;

/** Whether a file starts with the signature of a ZIP file. */
async function isZip(file: File): Promise<boolean> {
  const [a, b, c, d] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return a === 0x50 && b === 0x4b && c === 3 && d === 4;
}

async function unzipped(file: File): Promise<DroppedFilm[]> {
  if (file.size > MOST_BYTES) {
    throw new RangeError(`Cannot unpack ${file.name}: it must be at most 1 GB; drop its films instead`);
  }
  let room = MOST_BYTES;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const entries = await new Promise<Record<string, Uint8Array>>((resolve, reject) =>
    unzip(
      bytes,
      {
        filter: ({ name, originalSize }) => {
          const hidden = name.endsWith("/") || /(^|\/)(\.|__MACOSX\/)/.test(name);
          if (!hidden) room -= originalSize;
          return !hidden && room >= 0;
        },
      },
      (
        error,
        inside,
      ) => (error ? reject(new Error(`Cannot unpack ${file.name}: ${error.message}`)) : resolve(inside)),
    )
  );
  if (room < 0) {
    throw new RangeError(
      `Cannot unpack ${file.name}: its files must have at most 1 GB together; drop its films instead`,
    );
  }
  return Object.keys(entries).sort().map((name) => ({
    name: `${file.name}/${name}`,
    body: new Blob([entries[name] as Uint8Array<ArrayBuffer>]),
  }));
}
