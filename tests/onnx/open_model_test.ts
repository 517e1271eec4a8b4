import { assert, assertEquals, assertRejects } from "@std/assert";
import { DeviceError } from "../../src/onnx/device_error.ts";
import { ModelIntegrityError } from "../../src/onnx/model_integrity_error.ts";
import { openModel } from "../../src/onnx/open_model.ts";
import { sha256Of } from "../../src/training/loop/checkpoint.ts";
import { conv2d } from "../../src/training/convolution/convolution.ts";
import { Graph } from "../../src/training/graph/graph.ts";

/** A 3 x 3 convolution of [n, 1, 5, 5] with the given weights. */
function model(weights = Float32Array.from({ length: 9 }, (_, i) => i / 9)): Uint8Array<ArrayBuffer> {
  const g = new Graph({ training: false, axisNames: ["n"] });
  g.output("y", conv2d(g.input("x", [1, 1, 5, 5]), g.constant(weights, [1, 1, 3, 3]), { padding: 1 }));
  return g.toModel();
}
const image = (n: number) => ({
  data: Float32Array.from({ length: 25 * n }, (_, i) => Math.sin(i)),
  dims: [n, 1, 5, 5],
});

Deno.test("openModel runs any batch size; each item gives identical results in any batch and with any threads", async () => {
  const one = await openModel(model(), { device: "cpu", threads: 1 });
  const two = await openModel(model(), { device: "cpu", threads: 2 });
  const { y } = await two.run({ x: image(3) });
  assertEquals(y.dims, [3, 1, 5, 5]);
  assertEquals((await one.run({ x: image(1) })).y.data, y.data.slice(0, 25));
  await one.close();
  await two.close();
});

Deno.test("openModel says which device it chose and why", async () => {
  const opened = await openModel(model());
  assert(["cpu", "webgpu", "cuda"].includes(opened.device));
  for (const { device, error } of opened.tried) {
    assert(error !== "");
    assert(opened.reason.includes(`${device}: `), opened.reason);
  }
  assertEquals(opened.inputs, { x: ["n", 1, 5, 5] });
  assertEquals(opened.outputs, { y: ["n", 1, 5, 5] });
  await opened.close();
});

Deno.test("openModel writes into the given arrays", async () => {
  const opened = await openModel(model(), { device: "cpu" });
  const into = { y: { data: new Float32Array(25), dims: [1, 1, 5, 5] } };
  const expected = (await opened.run({ x: image(1) })).y.data;
  await opened.run({ x: image(1) }, { into });
  assertEquals(into.y.data, expected);
  await opened.close();
});

Deno.test("openModel accepts the right sha256 and shows both if it is wrong", async () => {
  const bytes = model(), right = await sha256Of([bytes]), wrong = "0".repeat(64);
  await (await openModel(bytes, { device: "cpu", sha256: right })).close();
  try {
    await openModel(bytes, { device: "cpu", sha256: wrong });
  } catch (error) {
    assert(error instanceof ModelIntegrityError);
    assertEquals([error.expectedSha256, error.actualSha256], [wrong, right]);
    assert(error.message.includes(wrong) && error.message.includes(right));
    return;
  }
  throw new Error("Expected ModelIntegrityError");
});

Deno.test("openModel rejects a truncated model without crashing", async () => {
  const bytes = model();
  for (let length = 0; length < bytes.length; length += 7) {
    await assertRejects(() => openModel(bytes.slice(0, length), { device: "cpu" }), ModelIntegrityError);
  }
});

Deno.test("openModel rejects weights that are not finite and names the first", async () => {
  const weights = new Float32Array(9);
  weights[4] = NaN;
  await assertRejects(
    () => openModel(model(weights), { device: "cpu" }),
    ModelIntegrityError,
    "got NaN at index 4",
  );
});

Deno.test("openModel rejects a model with unexpected inputs or outputs", async () => {
  const bytes = model();
  const refused = (options: Parameters<typeof openModel>[1], includes: string) =>
    assertRejects(() => openModel(bytes, { device: "cpu", ...options }), ModelIntegrityError, includes);
  await refused({ inputs: { x: ["n", 1, 6, 6] } }, "must be x [n, 1, 6, 6], got x [n, 1, 5, 5]");
  await refused({ inputs: { x: [4, 1, 5, 5] } }, "must be x [4, 1, 5, 5]");
  await refused({ inputs: { image: ["n", 1, 5, 5] } }, "must be image");
  await refused({ outputs: ["probability"] }, `an output "probability", got y`);
  await (await openModel(bytes, { device: "cpu", inputs: { x: ["batch", 1, 5, 5] }, outputs: ["y"] }))
    .close();
});

Deno.test("openModel tries only the device that was named", async () => {
  try {
    await (await openModel(model(), { device: "cuda" })).close();
    console.log("skipped: this machine has CUDA");
  } catch (error) {
    assert(error instanceof DeviceError, `${error}`);
    assertEquals(error.tried.map((t) => t.device), ["cuda"]);
  }
});

Deno.test("openModel rejects an invalid number of threads", async () => {
  await assertRejects(
    () => openModel(model(), { threads: 0 }),
    RangeError,
    "threads must be a whole number from 1, got 0",
  );
});
