import type { MaskRuns } from "../masks/mask_runs.ts";
import type { Side } from "../types.ts";
import { type DeskEntry, NETWORK } from "./desk_act.ts";

/** Current state of one outline at the desk, the page where readers correct outlines. */
export interface DeskHead {
  /** Id of the head on its film. */
  readonly head: string;
  /** The patient's side. */
  readonly side: Side;
  /** Whether the head was replaced by an implant. */
  readonly implant: boolean;
  /** Whether the reader marked the outline as not a head. */
  readonly notHead: boolean;
  /** Confidence of the network, or null if a reader drew the outline. */
  readonly confidence: number | null;
  /** The outline. */
  readonly outline: MaskRuns;
}

/** State of one film for one reader. */
export interface FilmState {
  /** The heads, including outlines that are marked as implant or as not a head. */
  readonly heads: readonly DeskHead[];
  /** Quality codes that the network gave the film. */
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

type HeadsAndStatus = Pick<FilmState, "heads" | "quality" | "done">;

const EMPTY: HeadsAndStatus = { heads: [], quality: [], done: false };

function changeHead(state: HeadsAndStatus, name: string, change: Partial<DeskHead>): HeadsAndStatus {
  return {
    ...state,
    heads: state.heads.map((head) => head.head === name ? { ...head, ...change } : head),
  };
}

/**
 * State of a film after one more entry. An outline of an unknown head adds that head; other entries for unknown heads
 * change nothing.
 */
function applyEntry(state: HeadsAndStatus, entry: DeskEntry): HeadsAndStatus {
  switch (entry.act) {
    case "found":
      return {
        ...state,
        heads: entry.heads.map((head) => ({ ...head, notHead: false })),
        quality: entry.quality,
      };
    case "outline": {
      const { head, outline, side } = entry, drawn = { outline, confidence: null };
      if (state.heads.some((each) => each.head === head)) {
        return changeHead(state, head, side === undefined ? drawn : { ...drawn, side });
      }
      const added = { head, ...drawn, side: side ?? "unknown", implant: false, notHead: false } as const;
      return { ...state, heads: [...state.heads, added] };
    }
    case "delete":
      return { ...state, heads: state.heads.filter(({ head }) => head !== entry.head) };
    case "side":
      return changeHead(state, entry.head, { side: entry.side });
    case "implant":
      return changeHead(state, entry.head, { implant: entry.value });
    case "not-head":
      return changeHead(state, entry.head, { notHead: entry.value });
    case "done":
      return { ...state, done: entry.value };
    case "undo":
    case "redo":
      return state;
  }
}

/**
 * A film as one reader sees it: the network's heads, then the reader's own actions in order. Actions of other readers
 * are ignored, so a second reader is blinded to the first. Undo reverts the reader's last action, redo restores it, and
 * a new action discards what could have been redone.
 *
 * @param log entries of any films and readers, in order
 */
export function filmState(
  log: readonly DeskEntry[],
  { film, reader }: { film: string; reader: string },
): FilmState {
  const own = log.filter((entry) => entry.film === film && entry.reader === reader);
  const found = log.find((entry) => entry.film === film && entry.act === "found" && entry.reader === NETWORK);
  const active: DeskEntry[] = [];
  let undone: DeskEntry[] = [];
  for (const entry of own) {
    if (entry.act === "found") continue;
    if (entry.act === "undo") undone.push(...active.splice(-1));
    else if (entry.act === "redo") active.push(...undone.splice(-1));
    else {
      active.push(entry);
      undone = [];
    }
  }
  const state = [...(found ? [found] : []), ...active].reduce(applyEntry, EMPTY);
  return {
    ...state,
    canUndo: active.length > 0,
    canRedo: undone.length > 0,
    acts: active.length,
  };
}
