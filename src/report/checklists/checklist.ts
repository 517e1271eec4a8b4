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
  /** Against what the numbers of the items were checked, and against what not. */
  readonly checked: string;
  readonly items: readonly ChecklistItem[];
}

/** An item as it is written down: number, question, state by one letter, note. */
export type ItemLine = readonly [item: string, asks: string, state: "f" | "a" | "n", note: string];

/** A guideline as it is written down. */
export interface ChecklistLines extends Omit<Checklist, "items"> {
  readonly lines: readonly ItemLine[];
  /** Items that ask for patients: they do not apply to a synthetic cohort. */
  readonly ofPatients: readonly string[];
  /** Items that can be filled only where the study holds this. */
  readonly needs: Readonly<Record<string, keyof Holdings>>;
}

/** What a study holds beside the comparisons every study has. */
export interface Holdings {
  readonly synthetic: boolean;
  /** The audit of shortcuts. */
  readonly shortcuts: boolean;
  /** The comparison without patients who have a diseased hip. */
  readonly without: boolean;
  /** The staging model. */
  readonly staging: boolean;
}

const STATES = { f: "filled", a: "needs author", n: "not applicable" } as const;

/** A checklist from its lines, as far as a study can fill it. */
export function checklistOf(
  { lines, ofPatients, needs, ...guideline }: ChecklistLines,
  holdings: Holdings,
): Checklist {
  const unknown = [...ofPatients, ...Object.keys(needs)].find((item) =>
    !lines.some(([number]) => number === item)
  );
  if (unknown !== undefined) {
    throw new RangeError(`Cannot draft ${guideline.name}: it has no item ${unknown}`);
  }
  const items = lines.map(([item, asks, letter, note]): ChecklistItem => {
    if (holdings.synthetic && ofPatients.includes(item)) {
      return { item, asks, state: "not applicable", note: "The cohort is synthetic: there are no patients." };
    }
    if (needs[item] && !holdings[needs[item]]) {
      return { item, asks, state: "needs author", note: "This study does not hold it." };
    }
    return { item, asks, state: STATES[letter], note };
  });
  return { ...guideline, items };
}
