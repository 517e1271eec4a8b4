import type { Plan } from "../../types.ts";
import { trainingCard } from "./training_card.ts";
import { readTrainingRecord } from "./training_record.ts";
import { writeAtomic } from "../../files/write_atomic.ts";

/**
 * Marker lines around the part of a card that `caput train` generates. Existing cards contain them, so they must not
 * change.
 */
const BEGIN = "<!-- caput train: begin (written anew by every training) -->";
const END = "<!-- caput train: end -->";

/**
 * Writes the generated part of a models folder's card (`README.md`) from `training.json` and `plan.json`. The new part
 * replaces the text between the markers, or is appended if there are no markers. A folder without a card gets one. Text
 * outside the markers is not changed, except for white space at the end when the part is appended.
 *
 * @returns the text of the whole card.
 */
export async function writeTrainingCard(folder: string): Promise<string> {
  const record = await readTrainingRecord(folder);
  const plan: Plan = JSON.parse(await Deno.readTextFile(`${folder}/plan.json`));
  const path = `${folder}/README.md`;
  const before = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "# Model card\n";
    throw error;
  });
  const card = placePart(before, trainingCard(record, plan));
  await writeAtomic(path, card);
  return card;
}

/** `text` with the generated part inserted or replaced. */
function placePart(text: string, part: string): string {
  const block = `${BEGIN}\n\n${part}\n\n${END}`;
  const end = text.indexOf(END), begin = text.lastIndexOf(BEGIN, end);
  if (end < 0 || begin < 0) return `${text.trimEnd()}\n\n${block}\n`;
  return text.slice(0, begin) + block + text.slice(end + END.length);
}
