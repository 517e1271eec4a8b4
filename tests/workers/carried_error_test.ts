import { assert, assertEquals } from "@std/assert";
import { packError, unpackError } from "../../src/workers/carried_error.ts";

class StepError extends Error {
  override readonly name = "StepError";
  constructor(message: string, readonly step: number, readonly checkpoint: { path: string } | null) {
    super(message);
  }
}

Deno.test("an error keeps name, message, stack and properties through structured cloning", () => {
  const sent = new StepError("too far", 7, null);
  const carried = structuredClone(packError(sent));
  const plain = unpackError(carried);
  assert(!(plain instanceof StepError));
  assertEquals([plain.name, plain.message, plain.stack], ["StepError", "too far", sent.stack]);
  assertEquals([(plain as StepError).step, (plain as StepError).checkpoint], [7, null]);
});

Deno.test("an error becomes an instance of its class if the classes are given, but only by its own name", () => {
  const carried = packError(new StepError("too far", 7, { path: "x" }));
  assert(unpackError(carried, { classes: { StepError } }) instanceof StepError);
  assert(!(unpackError(carried, { classes: { RangeError } }) instanceof RangeError));
  assert(!(unpackError({ ...carried, name: "toString" }, { classes: {} }) instanceof StepError));
  assertEquals(packError("words"), { name: "Error", message: "words", details: {} });
});
