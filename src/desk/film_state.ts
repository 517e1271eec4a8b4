import type { MaskRuns } from "../masks/mask_runs.ts";
import type { Side } from "../types.ts";
import { type DeskEntry, NETWORK } from "./desk_act.ts";

/** Current state of one head. */
export interface DeskHead {
  /** Identifier of the head. */
  readonly head: string;
  /** The patient's side. */
  readonly side: Side;
  /** Whether it is an implant. */
  readonly implant: boolean;
  /** Whether the reader marked it as not a head. */
  readonly notHead: boolean;
  /** Confidence of the network, or null if a reader drew the outline. */
  readonly confidence: number | null;
  /** The outline. */
  readonly outline: MaskRuns;
}

/** State of one film for one reader. */
export interface FilmState {
  /** The heads. */
  readonly heads: readonly DeskHead[];
  /** Quality codes. */
  readonly quality: readonly string[];
  /** Whether the reader has checked the film. */
  readonly done: boolean;
  /** Whether an action can be undone. */
  readonly canUndo: boolean;
  /** Whether an undone action can be redone. */
  readonly canRedo: boolean;
  /** Number of this reader's actions that have not been undone. */
  readonly acts: number;
}

type Picture = Pick<FilmState, "heads" | "quality" | "done">;

const EMPTY: Picture = { heads: [], quality: [], done: false };

function changeHead(picture: Picture, name: string, change: Partial<DeskHead>): Picture {
  return {
    ...picture,
    heads: picture.heads.map((head) => head.head === name ? { ...head, ...change } : head),
  };
}

/** State of a film after one more entry. Entries for unknown heads change nothing. */
function applied(picture: Picture, entry: DeskEntry): Picture {
  switch (entry.act) {
    case "found":
      return {
        ...picture,
        heads: entry.heads.map((head) => ({ ...head, notHead: false })),
        quality: entry.quality,
      };
    case "outline": {
      const { head, outline, side } = entry, drawn = { outline, confidence: null };
      if (picture.heads.some((each) => each.head === head)) {
        return changeHead(picture, head, side === undefined ? drawn : { ...drawn, side });
      }
      const added = { head, ...drawn, side: side ?? "unknown", implant: false, notHead: false } as const;
      return { ...picture, heads: [...picture.heads, added] };
    }
    case "delete":
      return { ...picture, heads: picture.heads.filter(({ head }) => head !== entry.head) };
    case "side":
      return changeHead(picture, entry.head, { side: entry.side });
    case "implant":
      return changeHead(picture, entry.head, { implant: entry.value });
    case "not-head":
      return changeHead(picture, entry.head, { notHead: entry.value });
    case "done":
      return { ...picture, done: entry.value };
    case "undo":
    case "redo":
      return picture;
  }
}

/**
 * A film as one reader sees it: the network's heads, then the reader's own actions in order. Actions of other readers are
 * ignored, so a second reader is blinded to the first. Undo reverts the last action, redo restores it, and a new action clears the redo list.
 *
 * @param log entries of any films and readers, in order
 */
export function filmState(
  log: readonly DeskEntry[],
  { film, reader }: { film: string; reader: string },
): FilmState {
  const own = log.filter((entry) => entry.film === film && entry.reader === reader);
  const found = log.find((entry) => entry.film === film && entry.act === "found" && entry.reader === NETWORK);
  const standing: DeskEntry[] = [];
  let undone: DeskEntry[] = [];
  for (const entry of own) {
    if (entry.act === "found") continue;
    if (entry.act === "undo") undone.push(...standing.splice(-1));
    else if (entry.act === "redo") standing.push(...undone.splice(-1));
    else {
      standing.push(entry);
      undone = [];
    }
  }
  const picture = [...(found ? [found] : []), ...standing].reduce(applied, EMPTY);
  return {
    ...picture,
    canUndo: standing.length > 0,
    canRedo: undone.length > 0,
    acts: standing.length,
  };
}
