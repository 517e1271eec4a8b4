import { PICTURE_KINDS, type PictureKind } from "./page_data.ts";

/**
 * Which heads have an image in the study folder: for each kind, base64 of ceil(n / 8) bytes with one bit per head,
 * lowest bit first.
 *
 * @param files file name of each head's images; empty if the head has none. // [n]
 */
export async function picturesOnDisk(
  studyDir: string,
  files: readonly string[],
): Promise<Record<PictureKind, string>> {
  const all = await Promise.all(PICTURE_KINDS.map(async (kind) => {
    const names = await namesIn(`${studyDir}/${kind}`);
    const bits = new Uint8Array(Math.ceil(files.length / 8));
    files.forEach((file, i) => names.has(file) && (bits[i >> 3] |= 1 << (i & 7)));
    return [kind, bits.toBase64()] as const;
  }));
  return Object.fromEntries(all) as Record<PictureKind, string>;
}

async function namesIn(folder: string): Promise<Set<string>> {
  const names = new Set<string>();
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) if (isFile) names.add(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names;
}
