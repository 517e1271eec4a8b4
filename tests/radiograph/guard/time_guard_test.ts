import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseRadiograph } from "../../../src/radiograph/parse_radiograph.ts";
import { RadiographError } from "../../../src/radiograph/guard/radiograph_error.ts";
import { timeGuard, timeLimitOf } from "../../../src/radiograph/guard/time_guard.ts";
import { film } from "../make_dicom.ts";
import { hasSharedData, sharedBytes } from "../shared_data.ts";

/** `(func (export "f") (loop (br 0)))`: an endless loop in WebAssembly. */
const endless = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0],
  ...[7, 5, 1, 1, 102, 0, 0, 10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11],
);

Deno.test("timeGuard: an endless loop is stopped, in WebAssembly and in JavaScript that catches all exceptions", () => {
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(endless)).exports as { f: () => void };
  const loops = [() => {
    for (;;) {
      try {
        for (;;);
      } catch {
        // continue
      }
    }
  }, f];
  for (const loop of loops) {
    assertThrows(() => timeGuard(50)(loop), RadiographError, "at most 50 ms are allowed");
  }
  assertEquals(timeGuard(60_000)(() => 7), 7);
});

Deno.test("timeGuard: errors of the work are passed on, guards may be nested, all calls of a guard share its time", () => {
  const guard = timeGuard(200);
  assertThrows(
    () =>
      guard(() => {
        throw new RangeError("own");
      }),
    RangeError,
    "own",
  );
  assertEquals(guard(() => timeGuard(60_000)(() => guard(() => 3) + 1)), 4);
  assertThrows(() => guard(() => timeGuard(20)(() => spin())), RadiographError, "at most 20 ms");
  const start = performance.now();
  while (performance.now() - start < 5);
  assertThrows(() => guard(() => spin()), RadiographError, "at most 200 ms");
  assertThrows(() => guard(() => spin()), RadiographError, "at most 200 ms"); // no time left: fails at once
});

function spin(): never {
  for (;;);
}

Deno.test("timeGuard: work that got too little processor time is run again with more time, at most four times in all", () => {
  let calls = 0;
  const sleepy = (times: number) => () => {
    if (calls++ < times) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
    return calls;
  };
  assertEquals(timeGuard(40)(sleepy(1)), 2);
  calls = 0;
  assertEquals(timeGuard(40)(sleepy(2)), 3);
  calls = 0;
  assertThrows(() => timeGuard(120)(sleepy(4)), RadiographError, "at most 120 ms");
  assertEquals(calls, 4);
});

Deno.test("timeGuard: on a busy machine processor time counts, not wall-clock time", () => {
  /** Uses `ms` of processor time and sleeps three times as long in between, as on a shared machine. */
  const shared = (ms: number) => () => {
    const sleep = new Int32Array(new SharedArrayBuffer(4));
    for (let done = 0; done < ms; done += 10) {
      const until = performance.now() + 10;
      while (performance.now() < until);
      Atomics.wait(sleep, 0, 0, 30);
    }
    return "done";
  };
  assertEquals(timeGuard(400)(shared(200)), "done"); // takes 800 ms of wall-clock time
  assertThrows(() => timeGuard(60)(() => spin()), RadiographError, "at most 60 ms");
});

Deno.test("timeGuard: allowPixels extends the limit", () => {
  const guard = timeGuard(50, { msPerPixel: 1 / 1000 });
  guard.allowPixels(150_000);
  assertThrows(() => guard(() => spin()), RadiographError, "at most 200 ms");
});

Deno.test({
  name: "a film of 74 megapixels is read even if other threads occupy every core",
  ignore: !hasSharedData,
  async fn() {
    const code = "onmessage = ({ data }) => { while (Atomics.load(data, 0) === 0); };";
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const others = Array.from(
      { length: navigator.hardwareConcurrency },
      () => new Worker(url, { type: "module" }),
    );
    const stop = new Int32Array(new SharedArrayBuffer(4));
    for (const other of others) other.postMessage(stop);
    try {
      const { widthPx, heightPx } = await parseRadiograph(await sharedBytes("odd/03_8600px_j2k_740KB.dcm"));
      assertEquals([widthPx, heightPx], [8600, 8600]);
    } finally {
      Atomics.store(stop, 0, 1);
      for (const other of others) other.terminate();
      URL.revokeObjectURL(url);
    }
  },
});

Deno.test("parseRadiograph enforces its time limit in the calling thread; the next film can then be read", async () => {
  const { encodePng } = await import("../../../src/image/encode_png.ts");
  const large = encodePng({ widthPx: 5000, heightPx: 4000, samples: new Uint8Array(20e6) }, { level: 1 });
  const error = await parseRadiograph(large, { name: "large.png", timeLimitMs: 1 }).then(
    () => null,
    (e) => e,
  );
  assert(error instanceof RadiographError);
  assertEquals([error.code, error.file], ["time-limit", "large.png"]);
  assertEquals((await parseRadiograph(film())).widthPx, 3);
});

Deno.test("timeLimitOf: less than 5 s for 200 kB, the size of files of the fuzzing corpus; 24 s for 10 MB", () => {
  assert(timeLimitOf(200_000) < 5000);
  assertEquals(timeLimitOf(10_000_000), 24_000);
});
