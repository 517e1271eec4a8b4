import { assert } from "@std/assert";
import { grainAt } from "../../../src/phantom/body/trabeculae.ts";

Deno.test("grainAt: the texture varies, but by less than 0.25 over a step of 0.01 mm, also across zero", () => {
  let largest = 0, sum = 0, square = 0;
  const n = 4000;
  for (let k = 0; k < n; k++) {
    const x = 0.01 * (k - n / 2), here = grainAt(x, 3.1);
    largest = Math.max(largest, Math.abs(grainAt(x + 0.01, 3.1) - here), Math.abs(grainAt(x, 3.11) - here));
    sum += here;
    square += here * here;
  }
  const sd = Math.sqrt(square / n - (sum / n) ** 2);
  assert(sd > 0.5, `the texture varies, SD ${sd}`);
  assert(largest < 0.25, `largest step ${largest} in 0.01 mm`);
});
