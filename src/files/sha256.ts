import { createHash } from "node:crypto";

/** sha256 of bytes or text (UTF-8), 64 hex digits. */
export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

const CHUNK_BYTES = 1 << 20;

/** sha256 of a file. Large files are read in pieces to save memory. */
export async function sha256File(path: string): Promise<string> {
  // A study has thousands of small files, and a blocking read is faster than an iteration of the event loop.
  if (Deno.statSync(path).size <= CHUNK_BYTES) return sha256(Deno.readFileSync(path));
  using file = await Deno.open(path, { read: true });
  const hash = createHash("sha256"), chunk = new Uint8Array(CHUNK_BYTES);
  for (let got = await file.read(chunk); got !== null; got = await file.read(chunk)) {
    hash.update(chunk.subarray(0, got));
  }
  return hash.digest("hex");
}
