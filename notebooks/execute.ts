/**
 * Executes the notebooks whose file names contain one of the given texts, or all, in the Deno kernel, without Python,
 * and saves their outputs:
 *
 *     deno task notebooks [--check] [TEXT...]
 *
 * A study that a notebook reads is run first if it is missing (the synthetic paper cohort: about two and a half minutes
 * on two free cores). `--check` saves nothing and only says whether every cell ran. Each notebook stores in its
 * metadata the hashes of its cells, of the project's sources and of the studies it read, so that a test can detect when
 * the outputs are older than the code.
 */
import { fileURLToPath } from "node:url";
import { executeNotebook } from "../tests/notebooks/execute_notebook.ts";
import { readNotebook, writeNotebook } from "../tests/notebooks/notebook.ts";
import { recordedHashes } from "../tests/notebooks/recorded_hashes.ts";

const folder = new URL(".", import.meta.url);
const check = Deno.args.includes("--check");
const wanted = Deno.args.filter((argument) => !argument.startsWith("--"));
const names = [...Deno.readDirSync(folder)].map((entry) => entry.name).filter((name) =>
  name.endsWith(".ipynb")
).sort();
let failed = 0;

/** Runs `studies/NAME`, a synthetic cohort of that name, unless it is there. */
async function requireStudy(name: string): Promise<void> {
  const present = await Deno.stat(new URL(`../studies/${name}/study.json`, folder)).then(
    () => true,
    () => false,
  );
  if (present) return;
  console.error(`studies/${name} is missing, so it is run first`);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "task",
      "-q",
      "caput",
      "run",
      "--phantom",
      name,
      "--out",
      fileURLToPath(new URL(`../studies/${name}`, folder)),
    ],
    cwd: new URL("..", folder),
  }).spawn().status;
  if (!success) Deno.exit(1);
}

for (const name of names) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  const started = performance.now();
  const path = new URL(name, folder);
  const studies = Object.keys((await recordedHashes(await readNotebook(path))).studies);
  for (const study of studies) await requireStudy(study);
  const { notebook, cellsRun, error } = await executeNotebook(await readNotebook(path), {
    cwd: folder.pathname,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (error) failed++;
  else if (!check) {
    notebook.metadata.caput = await recordedHashes(notebook);
    await writeNotebook(path, notebook);
  }
  console.error(
    `${error ? "failed" : "ok"}  ${name}  ${cellsRun} cells, ${seconds} s${error ? `  ${error}` : ""}`,
  );
}
Deno.exit(failed > 0 ? 1 : 0);
