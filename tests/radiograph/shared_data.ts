/** Test files outside the project. Without them, the tests that need them are ignored. */
export const sharedData = new URL("../../../shared/data/", import.meta.url);

/** Whether the test files are available. */
export const hasSharedData = await Deno.stat(sharedData).then(() => true, () => false);

if (!hasSharedData) {
  console.warn("skipped: tests on the shared radiographs, because ../shared/data is missing");
}

/** Bytes of a shared file. */
export function sharedBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return Deno.readFile(new URL(path, sharedData));
}

/** A shared JSON file. */
// deno-lint-ignore no-explicit-any
export async function sharedJson(path: string): Promise<any> {
  return JSON.parse(await Deno.readTextFile(new URL(path, sharedData)));
}
