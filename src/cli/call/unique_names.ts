import { normalize } from "node:path";

/** A name as seen by file systems that ignore case and Unicode normalisation. */
const folded = (name: string) => name.normalize("NFC").toLowerCase();

/**
 * A unique file name for every path, even on file systems that ignore case: the file's own name, with as many of its
 * folders in front (`a_film.dcm`) as are needed to distinguish files of the same name. A path that is given twice
 * gets a number.
 */
export function uniqueNames(paths: readonly string[]): string[] {
  const parts = paths.map((path) => normalize(path).split(/[\\/]+/).filter((part) => part !== ""));
  const depths = parts.map(() => 1);
  const nameAt = (i: number) => parts[i].slice(-depths[i]).join("_");
  for (;;) {
    const alike = Map.groupBy(parts.keys(), (i) => folded(nameAt(i)));
    const more = [...alike.values()].filter((group) => group.length > 1).flat()
      .filter((i) => depths[i] < parts[i].length);
    if (more.length === 0) break;
    for (const i of more) depths[i]++;
  }
  const taken = new Set<string>();
  return parts.map((_, i) => {
    const name = nameAt(i);
    for (let count = 1;; count++) {
      const numbered = count === 1 ? name : `${count}_${name}`;
      if (taken.has(folded(numbered))) continue;
      taken.add(folded(numbered));
      return numbered;
    }
  });
}
