import { assertEquals } from "@std/assert";
import { normalTail } from "../../../src/stats/distributions/normal_tail.ts";
import { checkTail } from "../check_tail.ts";

checkTail("normal", ([z], options) => normalTail(z, options));

Deno.test("normal tail at its ends and in its middle", () => {
  assertEquals([normalTail(-Infinity), normalTail(0), normalTail(Infinity)], [1, 0.5, 0]);
});
