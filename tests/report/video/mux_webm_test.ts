import { assertEquals, assertThrows } from "@std/assert";
import { muxWebm } from "../../../src/report/video/mux_webm.ts";
import { everyOf, readWebm, wholeOf } from "../read_webm.ts";

const FRAMES = [[1, 2, 3], [4], [5, 6]].map((data, i) => ({
  data: Uint8Array.from(data),
  durationMs: [1400, 140, 900][i],
}));
const film = muxWebm(FRAMES, { widthPx: 384, heightPx: 460 });
const elements = readWebm(film);

Deno.test("a video is a header and one segment with its sizes, duration and codec", () => {
  assertEquals(elements.map((each) => each.id), ["1a45dfa3", "18538067"]);
  const text = (id: string) => new TextDecoder().decode(everyOf(elements, id)[0].bytes);
  assertEquals([text("4282"), text("86")], ["webm", "V_VP8"]);
  assertEquals([wholeOf(everyOf(elements, "b0")[0]), wholeOf(everyOf(elements, "ba")[0])], [384, 460]);
  const [duration] = everyOf(elements, "4489");
  assertEquals(new DataView(film.buffer, duration.at, 8).getFloat64(0), 2440);
});

Deno.test("frames are read back in order, each with its start and duration", () => {
  const clusters = everyOf(elements, "1f43b675");
  assertEquals(clusters.map(({ children }) => wholeOf(children[0])), [0, 1400, 1540]);
  assertEquals(everyOf(elements, "9b").map(wholeOf), [1400, 140, 900]);
  const blocks = everyOf(elements, "a1").map(({ bytes }) => [...bytes]);
  assertEquals(blocks, FRAMES.map(({ data }) => [0x81, 0, 0, 0, ...data]));
});

Deno.test("the index has the position and the start time of every cluster", () => {
  const segment = elements[1];
  const clusters = everyOf(elements, "1f43b675").map(({ at }) => at - 12); // id of 4 bytes, size of 8
  assertEquals(everyOf(elements, "f1").map((each) => wholeOf(each) + segment.at), clusters);
  assertEquals(everyOf(elements, "b3").map(wholeOf), [0, 1400, 1540]);
});

Deno.test("an empty video, and a size or duration that is not a whole number above 0, are rejected", () => {
  assertThrows(() => muxWebm([], { widthPx: 4, heightPx: 4 }), RangeError, "no frame");
  assertThrows(() => muxWebm(FRAMES, { widthPx: 0, heightPx: 4 }), RangeError, "got 0");
  const [frame] = FRAMES;
  assertThrows(
    () => muxWebm([{ ...frame, durationMs: 0.5 }], { widthPx: 4, heightPx: 4 }),
    RangeError,
    "0.5",
  );
});
