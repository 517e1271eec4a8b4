import { assertClose } from "@std/assert";
import {
  devianceTerm,
  logBinomialTerm,
  logPoissonTerm,
  stirlingError,
} from "../../../src/stats/distributions/saddle_point.ts";

Deno.test("stirlingError, logPoissonTerm and logBinomialTerm reproduce small cases written out", () => {
  // log 5! and C(7, 3) 0.3^3 0.7^4, written out
  const log5 = 5.5 * Math.log(5) - 5 + Math.log(2 * Math.PI) / 2 + stirlingError(5);
  assertClose(log5, Math.log(120), { relative: 1e-14 });
  assertClose(logPoissonTerm(3, 2), Math.log(8 * Math.exp(-2) / 6), { relative: 1e-13 });
  assertClose(logBinomialTerm(3, 4, { x: 0.3, y: 0.7 }), Math.log(35 * 0.3 ** 3 * 0.7 ** 4), {
    relative: 1e-13,
  });
});

Deno.test("devianceTerm stays accurate where x is close to m, and is 0 at x = m", () => {
  // x log(x / m) + m - x = m (e^2 / 2 - e^3 / 6 + ...) for x = m (1 + e)
  const m = 1e6, e = 1e-5;
  assertClose(devianceTerm(m * (1 + e), m), m * (e ** 2 / 2 - e ** 3 / 6 + e ** 4 / 12), { relative: 1e-9 });
  assertClose(devianceTerm(7, 7), 0);
});
