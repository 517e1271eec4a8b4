import { assertEquals, assertThrows } from "@std/assert";
import { headOfOutline } from "../../src/desk/head_of_outline.ts";
import { InputError } from "../../src/input_error.ts";
import { encodeRuns } from "../../src/masks/mask_runs.ts";

const film = { widthPx: 90, heightPx: 60 };
const full = (x: number, y: number, width: number, height: number) =>
  encodeRuns({ boxPx: { x, y, width, height }, mask: new Uint8Array(width * height).fill(1) });
const read = (outline: ReturnType<typeof full>) =>
  headOfOutline(outline, { film, side: "right", implant: false, confidence: null });

Deno.test("headOfOutline: an outline that is a straight line, too small, or not inside the film is rejected", () => {
  assertEquals(read(full(10, 10, 20, 20)).centerPx.map(Math.round), [20, 20]);
  assertThrows(() => read(full(5, 10, 70, 1)), InputError, "a straight line");
  assertThrows(() => read(full(10, 10, 4, 4)), InputError, "at least 64 pixels (got 16)");
  assertThrows(() => read(full(80, 10, 20, 20)), InputError, "inside its film");
});
