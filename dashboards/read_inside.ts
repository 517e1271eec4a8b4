/**
 * Reads a file that is inside `root` (a folder without symbolic links in its path) after links are resolved; null for
 * anything else.
 */
export async function readInside(root: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (path.includes("\0") || path.includes("\\") || path.split("/").includes("..")) return null;
  try {
    const real = await Deno.realPath(`${root}/${path}`);
    return real.startsWith(`${root}/`) ? await Deno.readFile(real) : null;
  } catch {
    return null;
  }
}
