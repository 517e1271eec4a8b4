import { fileURLToPath } from "node:url";
import { sha256 } from "../../files/sha256.ts";
import { CAPUT_VERSION } from "../models/caput_version.ts";

const SRC = new URL("../../", import.meta.url);

/** Paths of the TypeScript files below a folder, relative to it, sorted. */
function sourcesBelow(folder: string, below = ""): string[] {
  const paths: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${below}`)) {
    if (isDirectory) paths.push(...sourcesBelow(folder, `${below}${name}/`));
    else if (name.endsWith(".ts")) paths.push(below + name);
  }
  return paths.sort();
}

/**
 * One hash of Caput's own code (the TypeScript files in `src`, by path and content) and of the lock file, which fixes
 * every library. Deno itself and data files are not included. If Caput was imported over the network, the result is the
 * hash of Caput's version.
 */
export function codeSha256(): string {
  if (SRC.protocol !== "file:") return sha256(CAPUT_VERSION);
  const root = fileURLToPath(SRC).replace(/[\\/]$/, "");
  const lines = sourcesBelow(root).map((path) => `${path} ${sha256(Deno.readFileSync(`${root}/${path}`))}`);
  return sha256([...lines, sha256(Deno.readFileSync(`${root}/../deno.lock`))].join("\n"));
}
