/** Reads a frozen reference of this room; the script that made it lies beside it. */
// deno-lint-ignore no-explicit-any
export function readFixture(name: string, room = "stats"): any {
  return JSON.parse(Deno.readTextFileSync(new URL(`../fixtures/${room}/${name}`, import.meta.url)));
}
