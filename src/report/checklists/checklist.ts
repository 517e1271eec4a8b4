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

/** Compact form of an item: number, topic, state (`f` filled, `a` needs author, `n` not applicable), note. */
export type ItemLine = readonly [item: string, asks: string, state: "f" | "a" | "n", note: string];

/** Compact form of a guideline. */
export interface ChecklistLines extends Omit<Checklist, "items"> {
  readonly lines: readonly ItemLine[];
  /** Items about patients, which do not apply to a synthetic cohort. */
  readonly aboutPatients: readonly string[];
  /** Items that are left to the author if the study lacks a part, with the name of the part. */
  readonly needs: Readonly<Record<string, keyof StudyParts>>;
}

/** What a study contains, as far as the items of a checklist depend on it. */
export interface StudyParts {
  /** True if the cohort is synthetic, so that items about patients do not apply. */
  readonly synthetic: boolean;
  /** True if the study has a shortcut audit. */
  readonly shortcuts: boolean;
  /** True if the study repeated the comparisons without the healthy hips of patients whose other hip is diseased. */
  readonly without: boolean;
  /** True if the study has a staging model. */
  readonly staging: boolean;
}

const STATES = { f: "filled", a: "needs author", n: "not applicable" } as const;

/**
 * Builds a checklist. The state of an item depends on `lines` and on what the study contains.
 *
 * @throws {RangeError} if `aboutPatients` or `needs` names an item that is not in `lines`.
 */
export function checklistOf(
  { lines, aboutPatients, needs, ...guideline }: ChecklistLines,
  parts: StudyParts,
): Checklist {
  const unknown = [...aboutPatients, ...Object.keys(needs)].find((item) =>
    !lines.some(([number]) => number === item)
  );
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot draft ${guideline.name}: a rule refers to item ${unknown}, but the list has no item ${unknown}`,
    );
  }
  const items = lines.map(([item, asks, letter, note]): ChecklistItem => {
    if (parts.synthetic && aboutPatients.includes(item)) {
      return { item, asks, state: "not applicable", note: "The cohort is synthetic: there are no patients." };
    }
    if (needs[item] && !parts[needs[item]]) {
      return { item, asks, state: "needs author", note: "This study does not contain this analysis." };
    }
    return { item, asks, state: STATES[letter], note };
  });
  return { ...guideline, items };
}
