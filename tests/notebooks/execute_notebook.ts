import { Kernel } from "./kernel.ts";
import { type Notebook, sourceOf } from "./notebook.ts";

/** The outcome of running a notebook: the same cells with new outputs, and the first error. */
export interface ExecutedNotebook {
  readonly notebook: Notebook;
  /** Number of code cells that were run; empty ones are skipped. */
  readonly cellsRun: number;
  /** `cell N: Name: message` of the first error (in the N-th code cell that was run), or null if there was none. */
  readonly error: string | null;
}

/**
 * Executes every code cell in order in a new Deno kernel, up to the first error. The argument is not changed.
 *
 * @param options.cwd Folder the cells run in; relative imports such as `../src/mod.ts` start there.
 * @param options.env Additional environment of the kernel.
 * @param options.timeoutMs Longest time for one cell. @default {300000}
 */
export async function executeNotebook(
  notebook: Notebook,
  { cwd, env = {}, timeoutMs = 300_000 }: { cwd: string; env?: Record<string, string>; timeoutMs?: number },
): Promise<ExecutedNotebook> {
  const executed = structuredClone(notebook);
  await using kernel = await Kernel.start({ cwd, env });
  let cellsRun = 0;
  for (const cell of executed.cells) {
    if (cell.cell_type !== "code") continue;
    const code = sourceOf(cell);
    cell.outputs = [];
    cell.execution_count = null;
    if (code.trim() === "") continue;
    cell.execution_count = ++cellsRun;
    const { outputs, error } = await kernel.execute(code, { timeoutMs });
    cell.outputs = outputs;
    if (error) return { notebook: executed, cellsRun, error: `cell ${cellsRun}: ${error}` };
  }
  return { notebook: executed, cellsRun, error: null };
}
