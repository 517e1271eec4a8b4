/** What a film's name says, before all names are looked at together. */
export interface NamedFilm {
  /** Path below the folder, with slashes. */
  readonly file: string;
  /** The side its name says; empty where it says none. */
  readonly side: "right" | "left" | "";
  /** Its name without ending and without the word for the side. */
  readonly rest: string;
}

/** Whose film it is. */
export interface FilmPatient {
  readonly patient: string;
  /** False where the name does not surely tell: then every film is a patient of its own. */
  readonly sure: boolean;
}

/** Most films a folder may hold and still be one patient's. */
const FILMS_A_PATIENT = 8;
/** Folders named so hold a batch, a grade or a site, not one patient. */
const BATCH_WORDS = new Set(
  ("arco archive aufnahme aufnahmen batch center centre class clinic control controls data dataset day dicom export film films " +
    "ficat folder grad grade group gruppe haus healthy hospital image images img klasse klinik month monat neu new normal onfh " +
    "ordner part phase png raw report roentgen scan scans series serie set site stage stadium steinberg study test teil train " +
    "tag validation visit week woche xray year jahr zentrum")
    .split(" "),
);

/**
 * The patient of every film. Two signs are sure: a folder of a few films whose name carries a number and is no date, batch, grade or
 * site; and films of one folder whose names differ in the side only. Whatever else a name holds (a running number, a surname, a
 * date) may be shared by different people or differ for one, so each such film counts as a patient of its own.
 */
export function namePatients(films: readonly NamedFilm[]): Map<string, FilmPatient> {
  const inFolder = groupBy(films, ({ file }) => topFolder(file));
  const named = new Map<string, FilmPatient>();
  for (const [folder, inside] of inFolder) {
    if (folder !== "" && inside.length <= FILMS_A_PATIENT && tellsPatient(folder)) {
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

/** A folder's name with a number in it that is neither a date nor a batch, a grade or a site. */
function tellsPatient(folder: string): boolean {
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
