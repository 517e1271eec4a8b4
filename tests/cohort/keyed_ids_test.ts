import { assert, assertEquals, assertRejects } from "@std/assert";
import { keyCohort, keyedIds, openKey } from "../../src/cohort/keyed_ids.ts";
import type { CohortRow } from "../../src/types.ts";

const row = (patient: string, side: "right" | "left"): CohortRow => ({
  headId: `Doe_Jane.dcm#${side}`,
  radiograph: "/films/Doe_Jane.dcm",
  patient,
  side,
  grade: 0,
});

async function withFolder(use: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("keyedIds: ids agree with the HMAC-SHA-256 of node:crypto", async () => {
  const { createHmac } = await import("node:crypto");
  const key = new Uint8Array(32).fill(0x0b), ids = await keyedIds(key);
  const expected = createHmac("sha256", key).update("patient\nDoe, Jane").digest("hex").slice(0, 16);
  assertEquals(await ids.id("patient", "Doe, Jane"), expected);
});

Deno.test("keyedIds: different kinds and keys give different ids; equivalent Unicode forms of a name give the same id", async () => {
  const ids = await keyedIds(new Uint8Array(32)), other = await keyedIds(new Uint8Array(32).fill(1));
  const all = await Promise.all([
    ids.id("patient", "x"),
    ids.id("film", "x"),
    ids.id("head", "x"),
    other.id("patient", "x"),
  ]);
  assertEquals(new Set(all).size, 4);
  assertEquals(await ids.id("patient", "e\u0301"), await ids.id("patient", "\u00e9"));
});

Deno.test("openKey: a key of 32 bytes is created with mode 0600; opening it again gives the same ids", async () => {
  await withFolder(async (folder) => {
    const first = await openKey(`${folder}/key`), again = await openKey(`${folder}/key`);
    assertEquals(await again.id("patient", "p1"), await first.id("patient", "p1"));
    const { mode, size } = await Deno.stat(`${folder}/key`);
    assertEquals([mode! & 0o777, size], [0o600, 32]);
  });
});

Deno.test("openKey: rejects keys that others can read, that have the wrong length, or that are inside the output folder", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/open`, new Uint8Array(32), { mode: 0o644 });
    await Deno.chmod(`${folder}/open`, 0o644);
    await assertRejects(() => openKey(`${folder}/open`), RangeError, "mode 644");
    await Deno.writeFile(`${folder}/short`, new Uint8Array(5), { mode: 0o600 });
    await assertRejects(() => openKey(`${folder}/short`), RangeError, "32 bytes long, got 5");
    await assertRejects(
      () => openKey(`${folder}/study/key`, { output: `${folder}/study` }),
      RangeError,
      "inside the output",
    );
    await openKey(`${folder}/study-key`, { output: `${folder}/study` });
  });
});

Deno.test("keyCohort: head and patient ids are 16 hexadecimal digits; both hips share the patient's id; two rows of one head are rejected", async () => {
  const ids = await keyedIds(new Uint8Array(32).fill(7));
  const keyed = await keyCohort([row("Doe^Jane", "right"), row("Doe^Jane", "left")], ids);
  assertEquals(keyed[0].patient, keyed[1].patient);
  assert(
    keyed.every(({ headId, patient }) => /^[0-9a-f]{16}$/.test(headId) && /^[0-9a-f]{16}$/.test(patient)),
  );
  assertEquals(new Set(keyed.map(({ headId }) => headId)).size, 2);
  await assertRejects(
    () => keyCohort([row("a", "right"), row("b", "right")], ids),
    RangeError,
    "the same head",
  );
});

Deno.test("openKey: concurrent calls get the same key, and no file but the key remains", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const opened = await Promise.all([1, 2, 3].map(() => openKey(`${folder}/.caput-key`)));
    const ids = await Promise.all(opened.map((each) => each.id("patient", "p1")));
    assertEquals(new Set(ids).size, 1);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [".caput-key"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
