import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** The file that a path in a cohort file refers to, or the problem with it. */
export type ResolvedPath = { readonly path: string } | { readonly problem: "outside" };

/**
 * Resolves a path written in a cohort file, following links. A path that leads out of `root`, through `../`, as an
 * absolute path or by a link, is rejected. The file need not exist; a missing file is reported when it is read later.
 *
 * @param root real path of the folder that may be read.
 * @param from folder of the cohort file, to which paths are relative. If a file does not exist there, `root` is tried.
 */
export async function resolveInside(
  written: string,
  { root, from }: { root: string; from: string },
): Promise<ResolvedPath> {
  const spellings = sep === "/" && written.includes("\\")
    ? [written, written.replaceAll("\\", "/")] // a path written on Windows, read on another system
    : [written];
  const tried = [from, root].flatMap((folder) => spellings.map((spelling) => resolve(folder, spelling)));
  let path = resolve(from, spellings.at(-1)!);
  for (const candidate of tried) {
    if (!await exists(candidate)) continue;
    path = candidate;
    break;
  }
  const real = await realPath(path);
  return isInside(real, root) ? { path: real } : { problem: "outside" };
}

function isInside(path: string, root: string): boolean {
  const below = relative(root, path);
  return below === "" || (!below.startsWith(`..${sep}`) && below !== ".." && !isAbsolute(below));
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

/** The path with links resolved. If the file does not exist, only its nearest existing parent folder is resolved. */
async function realPath(path: string): Promise<string> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) || dirname(path) === path) throw error;
    return join(await realPath(dirname(path)), relative(dirname(path), path));
  }
}
