/** What a study's record can say to an item. There is no score: a list of ticks is no measure of a study. */
export type ItemState = "filled" | "needs author" | "not applicable";

/** One item of a reporting guideline. */
export interface ChecklistItem {
  /** The guideline's own number. */
  readonly item: string;
  /** What it asks, in our words and in short; the guideline's own text is binding. */
  readonly asks: string;
  readonly state: ItemState;
  /** Where the answer stands, what the author has to add, or why the item does not apply. */
  readonly note: string;
}

/** A draft for one guideline. */
export interface Checklist {
  readonly name: string;
  readonly source: string;
  readonly items: readonly ChecklistItem[];
}

/** An item as it is written down: number, question, state by one letter, note. */
export type ItemLine = readonly [item: string, asks: string, state: "f" | "a" | "n", note: string];

const STATES = { f: "filled", a: "needs author", n: "not applicable" } as const;

/** A checklist from its lines; `synthetic` studies have no patients, so what asks for them does not apply. */
export function checklistOf(
  { name, source, lines }: { name: string; source: string; lines: readonly ItemLine[] },
  { synthetic, ofPatients }: { synthetic: boolean; ofPatients: readonly string[] },
): Checklist {
  const items = lines.map(([item, asks, letter, note]): ChecklistItem => {
    if (synthetic && ofPatients.includes(item)) {
      return { item, asks, state: "not applicable", note: "The cohort is synthetic: there are no patients." };
    }
    return { item, asks, state: STATES[letter], note };
  });
  return { name, source, items };
}
