/** What the name of a single film states. */
export interface NamedFilm {
  /** Path below the folder of all films, with slashes. */
  readonly file: string;
  /** The side in the film's name; empty if there is none. */
  readonly side: "right" | "left" | "";
  /** The film's name without the extension and the word for the side; with a pattern, its patient. */
  readonly rest: string;
}

/** The patient of a film. */
export interface FilmPatient {
  readonly patient: string;
  /** False if the name does not clearly identify the patient; then every film counts as a separate patient. */
  readonly sure: boolean;
}

/** A folder with more films than this is not taken as the folder of one patient. */
const MAX_FILMS_PER_PATIENT = 8;
/**
 * A folder whose name contains one of these words (English, German) is for a batch, a grade or a site, not for a
 * patient.
 */
const BATCH_WORDS = new Set(
  ("arco archive aufnahme aufnahmen batch center centre class clinic control controls data dataset day dicom export film films " +
    "ficat folder grad grade group gruppe haus healthy hospital image images img klasse klinik month monat neu new normal onfh " +
    "ordner part phase png raw report roentgen scan scans series serie set site stage stadium steinberg study test teil train " +
    "tag validation visit week woche xray year jahr zentrum")
    .split(" "),
);

/**
 * Infers the patient of every film. Two patterns are reliable. First, a folder directly below the folder of the films,
 * with at most 8 films in it and its subfolders, is one patient if its name contains a number and does not look like a
 * date, batch, grade or site. Second, films in one folder are of one patient if their names differ only in the side.
 * Anything else in a name (a running number, a surname, a date) may be shared by different people or vary for one
 * person, so such a film counts as a separate patient.
 */
export function namePatients(films: readonly NamedFilm[]): Map<string, FilmPatient> {
  const inFolder = groupBy(films, ({ file }) => topFolder(file));
  const named = new Map<string, FilmPatient>();
  for (const [folder, inside] of inFolder) {
    if (folder !== "" && inside.length <= MAX_FILMS_PER_PATIENT && namesPatient(folder)) {
      for (const { file } of inside) named.set(file, { patient: folder, sure: true });
      continue;
    }
    for (const [key, same] of groupBy(inside, ({ file, rest }) => `${folderOf(file)}${rest}`)) {
      const sides = new Set(same.map(({ side }) => side));
      const pair = same.length > 1 && sides.size === same.length && !sides.has("") && same[0].rest !== "";
      const alone = same.length === 1 && same[0].rest !== "";
      for (const { file } of same) {
        named.set(file, pair || alone ? { patient: key, sure: pair } : { patient: file, sure: false });
      }
    }
  }
  return named;
}

/** Whether a folder's name contains a number and does not look like a date, batch, grade or site. */
function namesPatient(folder: string): boolean {
  if (!/\d/.test(folder)) return false;
  if (/^(19|20)\d\d([-_. ]?\d\d?){0,2}$/.test(folder)) return false;
  const words = folder.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== "");
  return !words.some((word) => BATCH_WORDS.has(word));
}

function topFolder(file: string): string {
  const at = file.indexOf("/");
  return at < 0 ? "" : file.slice(0, at);
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

function groupBy<T>(list: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) groups.set(key(item), [...groups.get(key(item)) ?? [], item]);
  return groups;
}
