/** Reads a JSON file of reference values from `tests/fixtures`; the scripts that made them are next to the files. */
// deno-lint-ignore no-explicit-any
export function readFixture(name: string, room = "stats"): any {
  return JSON.parse(Deno.readTextFileSync(new URL(`../fixtures/${room}/${name}`, import.meta.url)));
}
