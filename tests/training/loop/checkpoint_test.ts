import { assertEquals, assertRejects } from "@std/assert";
import {
  type Checkpoint,
  readCheckpoint,
  sha256Of,
  writeCheckpoint,
} from "../../../src/training/loop/checkpoint.ts";

const memory = {
  firstLoss: 2,
  bestScore: null,
  bestStep: 0,
  badValidations: 0,
  recentLosses: [0.1, 0.3],
  history: [{ step: 1, loss: 0.1, score: 3 }],
};
const checkpoint: Checkpoint = {
  step: 7,
  fingerprint: "abc",
  layout: {
    parameters: [{ name: "a", shape: [2, 2], offset: 0, bound: 1, constant: 0, decay: true }],
    statistics: [],
  },
  memory,
  vectors: {
    parameters: Float32Array.of(1, -0, 1e-40, 4),
    first: new Float32Array(4),
    statistics: new Float32Array(0),
  },
};

Deno.test("a checkpoint is restored exactly and leaves no other file", async () => {
  const folder = await Deno.makeTempDir();
  await writeCheckpoint(`${folder}/c`, checkpoint);
  assertEquals(await readCheckpoint(`${folder}/c`), checkpoint);
  assertEquals(Array.from(Deno.readDirSync(folder), (entry) => entry.name), ["c"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readCheckpoint: a truncated checkpoint, or one with a changed bit, is rejected", async () => {
  const path = await Deno.makeTempFile();
  await writeCheckpoint(path, checkpoint);
  const bytes = await Deno.readFile(path);
  for (let length = 0; length < bytes.length; length += 5) {
    await Deno.writeFile(path, bytes.slice(0, length));
    await assertRejects(() => readCheckpoint(path), SyntaxError, "Cannot read the checkpoint");
  }
  bytes[bytes.length - 5] ^= 1;
  await Deno.writeFile(path, bytes);
  await assertRejects(() => readCheckpoint(path), SyntaxError, "sha256");
  await Deno.remove(path);
});

Deno.test("sha256Of is the digest of the concatenated parts", async () => {
  const text = (t: string) => new TextEncoder().encode(t);
  assertEquals(
    await sha256Of([text("a"), text("bc")]),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
