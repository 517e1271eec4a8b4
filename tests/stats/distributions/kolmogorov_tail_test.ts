import { assertEquals } from "@std/assert";
import { kolmogorovTail } from "../../../src/stats/distributions/kolmogorov_tail.ts";
import { checkTail } from "../check_tail.ts";

checkTail("kolmogorov", ([x], options) => kolmogorovTail(x, options));

Deno.test("Kolmogorov tail is 1 at 0 and below", () => {
  assertEquals([kolmogorovTail(0), kolmogorovTail(-3), kolmogorovTail(0, { log: true })], [1, 1, 0]);
});
