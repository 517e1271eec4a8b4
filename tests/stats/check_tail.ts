import { assert, assertClose, assertThrows } from "@std/assert";
import { readFixture } from "./read_fixture.ts";

type Tail = (args: number[], options?: { log?: boolean }) => number;
type Case = { kind: string; args: number[]; p: number; log: number };

/**
 * Registers the tests of a tail function: agreement with mpmath down to 1e-300, logarithms also below, NaN rejected.
 */
export function checkTail(kind: string, tail: Tail): void {
  const cases: Case[] = readFixture("tails.json").filter((c: Case) => c.kind === kind);

  Deno.test(`${kind} tail agrees with mpmath on ${cases.length} cases, down to p = 1e-300`, () => {
    assert(cases.length >= 100);
    for (const { args, p } of cases.filter((c) => c.p >= 1e-300)) {
      assertClose(tail(args), p, { relative: 1e-10 });
    }
  });

  Deno.test(`${kind} log tail agrees with mpmath, also below 1e-300`, () => {
    assert(cases.some((c) => c.log < -691));
    for (const { args, log } of cases) {
      assertClose(tail(args, { log: true }), log, { relative: 1e-10, absolute: 1e-15 });
    }
  });

  Deno.test(`${kind} tail rejects NaN`, () => {
    assertThrows(() => tail([NaN, 3, 3]), RangeError, "NaN");
  });
}
