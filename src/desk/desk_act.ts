import type { Side } from "../types.ts";
import type { MaskRuns } from "../masks/mask_runs.ts";

/** A head as the network found it. */
export interface FoundHead {
  /** Id of the head on its film, such as `h1`. */
  readonly head: string;
  readonly side: Side;
  readonly implant: boolean;
  /** Confidence of the network, 0 to 1. */
  readonly confidence: number;
  readonly outline: MaskRuns;
}

/** An action of a reader, or of the network, on one film. */
export type DeskAct =
  /** The heads that the network found; every reader starts from them. */
  | { readonly act: "found"; readonly heads: readonly FoundHead[]; readonly quality: readonly string[] }
  /** Draws the outline of an existing or a new head with one of the page's tools. */
  | {
    readonly act: "outline";
    readonly head: string;
    readonly outline: MaskRuns;
    readonly tool: "circle" | "handles" | "brush" | "click";
    readonly side?: Side;
  }
  | { readonly act: "delete"; readonly head: string }
  | { readonly act: "side"; readonly head: string; readonly side: Side }
  | { readonly act: "implant"; readonly head: string; readonly value: boolean }
  /** Marks an outline as not a head; it stays visible and is never used as a head in training. */
  | { readonly act: "not-head"; readonly head: string; readonly value: boolean }
  /** Marks the film as checked (or not): all heads are outlined correctly. */
  | { readonly act: "done"; readonly value: boolean }
  | { readonly act: "undo" }
  | { readonly act: "redo" };

/** One line of the correction log. */
export type DeskEntry = DeskAct & {
  /** UTC, ISO 8601. */
  readonly time: string;
  /** Code of the reader, such as `R1`, or `network` for the heads that the network found. */
  readonly reader: string;
  /** Id of the film: the first digits of its pixels' sha256, so it contains nothing about the patient. */
  readonly film: string;
};

/** Reader code of the network's own entries; no reader can use it. */
export const NETWORK = "network";
const SIDES: readonly unknown[] = ["right", "left", "unknown"];
const TOOLS: readonly unknown[] = ["circle", "handles", "brush", "click"];

/**
 * Whether a value can be a reader's code, or the id of a head or a film: short, with characters that are safe in file
 * names.
 */
export function isCode(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{1,32}$/.test(value);
}

/**
 * Checks an action of a reader, from a browser or a log, and drops unknown fields. `found` is rejected, because only
 * the network writes it. The outline is checked later, by `decodeRuns`.
 *
 * @throws {SyntaxError} if it is not a valid action.
 */
export function readAct(value: unknown): Exclude<DeskAct, { act: "found" }> {
  const { act, head, side, value: flag, outline, tool } = (value ?? {}) as Record<string, unknown>;
  const wrong = (what: string) => new SyntaxError(`An action must have ${what}`);
  if (act === "undo" || act === "redo") return { act };
  if (act === "done") {
    if (typeof flag !== "boolean") throw wrong("the value true or false");
    return { act, value: flag };
  }
  if (!isCode(head)) throw wrong("a head id of 1 to 32 letters, digits, - or _");
  if (act === "delete") return { act, head };
  if (act === "implant" || act === "not-head") {
    if (typeof flag !== "boolean") throw wrong("the value true or false");
    return { act, head, value: flag };
  }
  if (act === "side") {
    if (!SIDES.includes(side)) throw wrong("the side right, left or unknown");
    return { act, head, side: side as Side };
  }
  if (act !== "outline") {
    throw wrong("a known name (outline, delete, side, implant, not-head, done, undo, redo)");
  }
  if (!TOOLS.includes(tool)) throw wrong(`a known tool (${TOOLS.join(", ")})`);
  if (side !== undefined && !SIDES.includes(side)) throw wrong("a side right, left or unknown");
  const { box, runs } = (outline ?? {}) as MaskRuns;
  return {
    ...{ act, head, outline: { box, runs }, tool: tool as "brush" },
    ...(side === undefined ? {} : { side: side as Side }),
  };
}
