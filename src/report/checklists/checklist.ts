/** State of an item. No total is computed, because the number of completed items does not measure a study's quality. */
export type ItemState = "filled" | "needs author" | "not applicable";

/** One item of a reporting guideline. */
export interface ChecklistItem {
  /** Number of the item in the guideline. */
  readonly item: string;
  /** Topic of the item, abbreviated in our words; the guideline's text is binding. */
  readonly asks: string;
  readonly state: ItemState;
  /** Where the information is, what the author has to add, or why the item does not apply. */
  readonly note: string;
}

/** Draft of one guideline's checklist. */
export interface Checklist {
  readonly name: string;
  readonly source: string;
  /** Sources that the item numbers were checked against, and sources that were not available. */
  readonly checked: string;
  readonly items: readonly ChecklistItem[];
}

/** Compact form of an item: number, topic, state as one letter, note. */
export type ItemLine = readonly [item: string, asks: string, state: "f" | "a" | "n", note: string];

/** Compact form of a guideline. */
export interface ChecklistLines extends Omit<Checklist, "items"> {
  readonly lines: readonly ItemLine[];
  /** Items about patients, which do not apply to a synthetic cohort. */
  readonly ofPatients: readonly string[];
  /** Items that can be filled in only if the study contains this part. */
  readonly needs: Readonly<Record<string, keyof Holdings>>;
}

/** Optional parts of a study, in addition to the comparisons. */
export interface Holdings {
  readonly synthetic: boolean;
  /** True if the study has a shortcut audit. */
  readonly shortcuts: boolean;
  /** True if the study has the comparison without patients who have a diseased hip. */
  readonly without: boolean;
  /** True if the study has a staging model. */
  readonly staging: boolean;
}

const STATES = { f: "filled", a: "needs author", n: "not applicable" } as const;

/** Builds a checklist and fills in what the study contains. */
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
      return { item, asks, state: "needs author", note: "This study does not contain it." };
    }
    return { item, asks, state: STATES[letter], note };
  });
  return { ...guideline, items };
}
