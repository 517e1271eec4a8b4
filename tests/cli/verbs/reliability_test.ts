import { assert, assertEquals } from "@std/assert";
import type { Reliability } from "../../../src/mod.ts";
import { reliabilityLines } from "../../../src/cli/verbs/reliability.ts";

const record = (patients: number, missed: number): Reliability => ({
  repeatability: {
    ...{ patients, seed: 1, measures: [] },
    missed: { exposure: 0, pose: missed, "bit depth": 0, all: 0 },
  },
  stability: null,
});

Deno.test("reliability: says when the study has fewer patients than requested, and how many heads were not found", () => {
  const short = reliabilityLines(record(12, 2), 40);
  assert(
    short.includes("40 patients were requested; the study has only 12 held-out patients."),
    short.join("\n"),
  );
  assertEquals(short.at(-1), "Heads of the first film that were not found on the second: 2 (pose).");
  const full = reliabilityLines(record(40, 0), 40).join("\n");
  assert(!/requested|not found/.test(full), full);
});
