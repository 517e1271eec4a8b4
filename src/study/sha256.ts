import { createHash } from "node:crypto";

/** sha256 of bytes or text (UTF-8), 64 hex digits. */
export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

const CHUNK_BYTES = 1 << 20;

/** sha256 of a file, read in pieces so that a large one does not fill the memory. */
export async function sha256File(path: string): Promise<string> {
  using file = await Deno.open(path, { read: true });
  const { size } = await file.stat(); // a study has thousands of small files: no megabyte for each
  const hash = createHash("sha256"), chunk = new Uint8Array(Math.max(1, Math.min(CHUNK_BYTES, size)));
  for (let got = await file.read(chunk); got !== null; got = await file.read(chunk)) {
    hash.update(chunk.subarray(0, got));
  }
  return hash.digest("hex");
}
