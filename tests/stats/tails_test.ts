import { assert, assertClose, assertThrows } from "@std/assert";
import { chiSquareTail } from "../../src/stats/chi_square_tail.ts";
import { fTail } from "../../src/stats/f_tail.ts";
import { kolmogorovTail } from "../../src/stats/kolmogorov_tail.ts";
import { logGamma } from "../../src/stats/log_gamma.ts";
import { normalTail } from "../../src/stats/normal_tail.ts";
import { tTail } from "../../src/stats/t_tail.ts";
import { readFixture } from "./read_fixture.ts";

type Case = { kind: string; args: number[]; p: number; log: number };
type Tail = (args: number[], options?: { log?: boolean }) => number;

const TAILS: Record<string, Tail> = {
  normal: ([z], o) => normalTail(z, o),
  "chi-square": ([x, df], o) => chiSquareTail(x, df, o),
  t: ([t, df], o) => tTail(t, df, o),
  f: ([f, a, b], o) => fTail(f, [a, b], o),
  kolmogorov: ([x], o) => kolmogorovTail(x, o),
};
const cases: Case[] = readFixture("tails.json");

for (const [kind, tail] of Object.entries(TAILS)) {
  const own = cases.filter((c) => c.kind === kind);

  Deno.test(`${kind} tail agrees with mpmath on ${own.length} cases, to p = 1e-300`, () => {
    assert(own.length >= 100);
    for (const { args, p } of own.filter((c) => c.p >= 1e-300)) {
      assertClose(tail(args), p, { relative: 1e-10 });
    }
  });

  Deno.test(`${kind} log tail goes on below 1e-300`, () => {
    for (const { args, log } of own) {
      assertClose(tail(args, { log: true }), log, { relative: 1e-10, absolute: 1e-15 });
    }
  });

  Deno.test(`${kind} tail refuses NaN`, () => {
    assertThrows(() => tail([NaN, 3, 3]), RangeError, "NaN");
  });
}

Deno.test("log gamma agrees with mpmath", () => {
  for (const { args, p } of cases.filter((c) => c.kind === "log-gamma")) {
    assertClose(logGamma(args[0]), p, { relative: 1e-13, absolute: 1e-14 });
  }
  assertThrows(() => logGamma(0), RangeError, "above 0");
});

Deno.test("tails at the ends of their range", () => {
  assertClose(normalTail(Infinity), 0);
  assertClose(normalTail(-Infinity), 1);
  assertClose(tTail(Infinity, 3), 0);
  assertClose(chiSquareTail(0, 3), 1);
  assertClose(fTail(Infinity, [2, 3]), 0);
  assertClose(kolmogorovTail(0), 1);
});
