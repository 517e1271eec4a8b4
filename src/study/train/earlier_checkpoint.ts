/**
 * Whether a training continues from the checkpoint of an interrupted one. If there is a checkpoint that is not used, a
 * note says that it is replaced; if there is none to continue from, a note says that, too.
 */
export async function continuesFrom(
  checkpoint: string,
  { resume = false, note }: { resume?: boolean; note?: (line: string) => void },
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
  return exists && resume;
}
