import { assert, assertClose, assertThrows } from "@std/assert";
import { retrainStability } from "../../src/normative/retrain_stability.ts";
import { normals } from "./normals.ts";

Deno.test("retrainStability: Spearman's correlation of distances in the same order is 1; the consistency ICC of unrelated distances is near 0", () => {
  const one = normals(200), other = normals(200);
  const same = retrainStability([one, one.map((v) => 2 * v + 1)]);
  assertClose([same.spearman.mean, same.spearman.least], [1, 1]);
  assert(Math.abs(retrainStability([one, other]).consistency) < 0.2);
  assertThrows(() => retrainStability([one]), RangeError, "at least 2 seeds");
  assertThrows(() => retrainStability([one, one.slice(1)]), TypeError, "seed 1");
});

Deno.test("retrainStability: the spread is each head's sample standard deviation over the training runs", () => {
  const { spread } = retrainStability([[1, 2, 3], [2, 2, 3], [6, 2, 9]]);
  assertClose(spread, [Math.sqrt(7), 0, Math.sqrt(12)]);
});
