import { type Notebook, sourceOf } from "./notebook.ts";

/** Hashes of the cells, sources and studies that a notebook's outputs depend on. */
export interface RecordedHashes {
  /** sha256 of the code cells. */
  readonly cells: string;
  /** sha256 over the paths and hashes of all modules under src. */
  readonly sources: string;
  /**
   * sha256 of `study.json` of each study the cells name, or "absent". The hash of the study's page is left out: notebooks
   * do not read the page, and `start` and `teach` write it again with their images.
   */
  readonly studies: Readonly<Record<string, string>>;
}

const root = new URL("../../", import.meta.url);

/** The hashes of a notebook's cells, and of sources and studies as they are now. */
export async function recordedHashes(notebook: Notebook): Promise<RecordedHashes> {
  const code = notebook.cells.filter((cell) => cell.cell_type === "code").map(sourceOf).join("\n%%\n");
  const names = [...new Set([...code.matchAll(/studies\/([a-z0-9_-]+)/g)].map((match) => match[1]))].sort();
  const studies: Record<string, string> = {};
  for (const name of names) studies[name] = await hashOfStudy(new URL(`studies/${name}/study.json`, root));
  return { cells: await sha256(new TextEncoder().encode(code)), sources: await hashOfSources(), studies };
}

async function hashOfStudy(record: URL): Promise<string> {
  const text = await Deno.readTextFile(record).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (text === null) return "absent";
  const { hashes: { outputs, ...hashes }, ...rest } = JSON.parse(text);
  const { "dashboard.html": _page, ...read } = outputs;
  return sha256(new TextEncoder().encode(JSON.stringify({ ...rest, hashes: { ...hashes, outputs: read } })));
}

async function hashOfSources(): Promise<string> {
  const paths = (await modulesUnder(new URL("src/", root))).sort();
  const lines = await Promise.all(
    paths.map(async (path) => `${path.slice(root.href.length)} ${await hashOfFile(path)}`),
  );
  return sha256(new TextEncoder().encode(lines.join("\n")));
}

async function modulesUnder(folder: URL): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) found.push(...await modulesUnder(new URL(`${name}/`, folder)));
    else if (name.endsWith(".ts")) found.push(new URL(name, folder).href);
  }
  return found;
}

async function hashOfFile(path: string | URL): Promise<string> {
  return await sha256(await Deno.readFile(new URL(path)));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
