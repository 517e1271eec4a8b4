import { InputError } from "../../input_error.ts";
import { readCheckpoint, type TrainingOptions } from "../../training/loop/checkpoint.ts";

/**
 * Whether a training continues from the checkpoint of an interrupted training. A note says if an existing checkpoint is
 * not used and will be replaced, or if `resume` is true but there is no checkpoint.
 *
 * @param checkpoint path of the checkpoint file
 * @param options.options Options of this training, compared with those stored in the checkpoint before any film is read.
 * @throws {InputError} if options differ from those of the interrupted training; the message names them.
 * @throws {SyntaxError} if the file is not a complete checkpoint.
 */
export async function continuesFrom(
  checkpoint: string,
  { resume = false, note, options }: {
    resume?: boolean;
    note?: (line: string) => void;
    options: TrainingOptions;
  },
): Promise<boolean> {
  const exists = await Deno.stat(checkpoint).then(() => true, () => false);
  if (exists && !resume) {
    note?.("A checkpoint of an interrupted training was found; it is replaced. --resume would continue it.");
  }
  if (!exists && resume) {
    note?.(
      "No checkpoint was found (it is removed when a training ends): training starts from the beginning.",
    );
  }
  if (!exists || !resume) return false;
  const { options: stored } = await readCheckpoint(checkpoint);
  if (stored) requireSame(stored, options);
  return true;
}

function requireSame(stored: TrainingOptions, options: TrainingOptions): void {
  const text = (value: string | number | null | undefined) => value ?? "not given";
  const different = Object.keys(options).filter((name) => (stored[name] ?? null) !== options[name]);
  if (different.length === 0) return;
  const each = different.map((name) => `${name} was ${text(stored[name])} and is now ${text(options[name])}`);
  throw new InputError(`Cannot continue the interrupted training with other options: ${each.join("; ")}`, {
    fix: "use the same options as the interrupted run, or leave out --resume to start again",
  });
}
