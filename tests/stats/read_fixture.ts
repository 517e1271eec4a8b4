/** Reads stored reference values; the script that made them is in the same folder. */
// deno-lint-ignore no-explicit-any
export function readFixture(name: string, room = "stats"): any {
  return JSON.parse(Deno.readTextFileSync(new URL(`../fixtures/${room}/${name}`, import.meta.url)));
}
