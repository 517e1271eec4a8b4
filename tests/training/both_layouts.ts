import { assertClose } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { openModel, type Tensor } from "../../src/onnx/open_model.ts";
import { toBlocks } from "../../src/training/graph/channel_blocks.ts";
import { multiply } from "../../src/training/layers/elementwise.ts";
import { flatBinding } from "../../src/training/graph/flat_binding.ts";
import { gradients } from "../../src/training/layers/gradients.ts";
import { Graph, type Shape, sizeOf, type Value } from "../../src/training/graph/graph.ts";
import { sum } from "../../src/training/layers/reductions.ts";
import { targetOf } from "../../src/training/loop/target.ts";

/** Channels per block of this processor's convolutions; 1 if it has none; the tests are then skipped. */
export const { channelBlock } = await targetOf("cpu");

/** A graph to be built in both layouts. */
export interface LayoutCase {
  shapes: Readonly<Record<string, Shape>>;
  build: (inputs: Record<string, Value>) => Value;
  /** Inputs that are blocked images. @default {none} */
  blocked?: readonly string[];
  /** Operations of the graph that must run in blocks, and must not run in plain layout. */
  inBlocks?: readonly string[];
  /** Inputs to be differentiated. @default {all} */
  wanted?: readonly string[];
}

/** Fails unless output and gradients are the same in blocked and plain layout, up to rounding in float32. */
export async function sameInBothLayouts({ inBlocks = [], ...options }: LayoutCase): Promise<void> {
  const plain = await run({ ...options, channelBlock: 1 });
  const blocked = await run({ ...options, channelBlock });
  for (const op of inBlocks) {
    if (!blocked.ops.includes(`com.microsoft.nchwc:${op}`) || blocked.ops.includes(op)) {
      throw new Error(`${op} does not run in blocks; the nodes are ${[...new Set(blocked.ops)]}`);
    }
  }
  for (const [name, { data }] of Object.entries(plain.results)) {
    const largest = data.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    assertClose(blocked.results[name].data, [...data], { relative: 1e-5, absolute: 2e-6 * largest + 1e-12 });
  }
}

async function run(
  { shapes, build, blocked = [], wanted = Object.keys(shapes), channelBlock }: LayoutCase & {
    channelBlock: number;
  },
): Promise<{ results: Record<string, Tensor>; ops: string[] }> {
  const prng = seededPrng(5);
  const g = new Graph({ channelBlock, binding: flatBinding() });
  const entries = Object.entries(shapes).map(([name, shape]) => [name, g.input(name, shape)] as const);
  const inputs = Object.fromEntries(entries);
  const laid = channelBlock === 1 ? {} : Object.fromEntries(blocked.map((k) => [k, toBlocks(inputs[k])]));
  const y = build({ ...inputs, ...laid });
  const weights = g.constant(Float32Array.from({ length: y.size }, () => prng.normal()), y.shape);
  const sources = wanted.map((k) => ({ ...inputs, ...laid })[k]);
  const ds = g.tape.length > 0 ? gradients(sum(multiply(y, weights)), sources) : [];
  g.output("out", y);
  ds.forEach((d, k) => g.output(`d.${wanted[k]}`, d));
  const feeds = Object.fromEntries(entries.map(([name, { shape }]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => 2 * prng() - 1);
    return [name, { data, dims: shape }];
  }));
  const model = await openModel(g.toModel(), { device: "cpu", threads: 2 });
  const results = await model.run(feeds);
  await model.close();
  return { results, ops: g.parts().nodes.map(({ op }) => op) };
}

/** A test that needs blocked convolutions. If the processor has none, the test is skipped and its name says so. */
export function testInBlocks(name: string, test: () => void | Promise<void>): void {
  Deno.test({
    name: channelBlock > 1 ? name : `${name} (skipped: this processor has no blocked convolutions)`,
    ignore: channelBlock === 1,
    fn: test,
  });
}
