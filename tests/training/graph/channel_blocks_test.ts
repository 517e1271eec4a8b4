import { assertEquals, assertThrows } from "@std/assert";
import { openModel } from "../../../src/onnx/open_model.ts";
import {
  blockedView,
  channelsLast,
  toBlocks,
  toPlain,
  view,
} from "../../../src/training/graph/channel_blocks.ts";
import { exp } from "../../../src/training/layers/elementwise.ts";
import { Graph } from "../../../src/training/graph/graph.ts";
import { reshape } from "../../../src/training/layers/shapes.ts";
import { channelBlock as b, testInBlocks } from "../both_layouts.ts";

const shape = [2, 2 * b, 2, 3], [n, c, h, w] = shape;
const data = Float32Array.from({ length: n * c * h * w }, (_, i) => i);

testInBlocks(
  "toBlocks: an image in channel blocks has the layout [n, c / b, h, w, b] and is restored from it",
  async () => {
    const g = new Graph({ channelBlock: b });
    const x = g.input("x", shape), blocked = toBlocks(x);
    assertEquals([blocked.layout, blocked.shape], ["blocked", shape]);
    g.output("memory", view(blocked, [n, c / b, h, w, b]));
    g.output("last", channelsLast(blocked));
    g.output("back", toPlain(blockedView(view(blocked, [n * c * h * w]), shape)));
    const model = await openModel(g.toModel(), { device: "cpu", threads: 1 });
    const results = await model.run({ x: { data, dims: shape } });
    await model.close();
    const at = (i: number, k: number, y: number, z: number) => ((i * c + k) * h + y) * w + z;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < c; k++) {
        for (let y = 0; y < h; y++) {
          for (let z = 0; z < w; z++) {
            const place = (((i * (c / b) + Math.floor(k / b)) * h + y) * w + z) * b + k % b;
            assertEquals(results.memory.data[place], at(i, k, y, z));
            assertEquals(results.last.data[((i * h + y) * w + z) * c + k], at(i, k, y, z));
          }
        }
      }
    }
    assertEquals(results.back.data, data);
  },
);

testInBlocks(
  "toBlocks and toPlain: a conversion is one node, converting back adds none, and reshape accepts a blocked image",
  () => {
    const g = new Graph({ channelBlock: b });
    const blocked = exp(toBlocks(g.input("x", shape)));
    assertEquals(blocked.layout, "blocked");
    assertEquals(toBlocks(toPlain(blocked)), blocked);
    const flat = reshape(blocked, [n, c * h * w]), again = reshape(blocked, [n * c, h * w]);
    assertEquals([flat.layout, again.layout], ["plain", "plain"]);
    g.output("flat", flat);
    g.output("again", again);
    assertEquals(g.parts().nodes.map(({ op }) => op.replace(/.*:/, "")), [
      "ReorderInput",
      "Exp",
      "ReorderOutput",
      "Reshape",
      "Reshape",
    ]);
  },
);

Deno.test("toBlocks and view: channels that do not fill blocks, and views of a different size, are rejected", () => {
  const g = new Graph({ channelBlock: 8 });
  const x = g.input("x", [1, 12, 2, 2]);
  assertThrows(
    () => toBlocks(x),
    TypeError,
    "an image must be [n, c, h, w] with c a multiple of 8, got [1,12,2,2]",
  );
  assertThrows(() => view(x, [47]), TypeError, "Cannot view [1,12,2,2] as [47]");
});
