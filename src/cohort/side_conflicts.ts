import type { Side } from "../types.ts";
import type { CohortProblem } from "./cohort_error.ts";
import type { CohortEntry } from "./find_conflicts.ts";

/**
 * Finds rows whose side differs from that in their film's header. Only films whose rows all have the same side are
 * checked, because a pelvis film shows both hips regardless of its header.
 *
 * @param headerSides side in the header by film path; `unknown` and missing ones are ignored.
 */
export function sideConflicts(
  rows: readonly CohortEntry[],
  headerSides: ReadonlyMap<string, Side>,
): CohortProblem[] {
  const sidesOf = new Map<string, Set<Side>>();
  for (const { radiograph, side } of rows) {
    sidesOf.set(radiograph, (sidesOf.get(radiograph) ?? new Set()).add(side));
  }
  return rows.flatMap(({ row, radiograph, side }): CohortProblem[] => {
    const header = headerSides.get(radiograph) ?? "unknown";
    const comparable = header !== "unknown" && side !== "unknown" && sidesOf.get(radiograph)!.size === 1;
    if (!comparable || header === side) return [];
    return [{
      code: "side-conflict",
      severity: "warning",
      rows: [row],
      message: `the row says ${side}, the film's header says ${header}`,
      fix: "look at the film, then correct the row, or the header in the archive that the film came from",
    }];
  });
}
