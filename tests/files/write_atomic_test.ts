import { assert, assertEquals, assertRejects } from "@std/assert";
import { LockedError, lockStudy } from "../../src/study/folder/lock_study.ts";
import { sha256, sha256File } from "../../src/files/sha256.ts";
import { writeAtomic } from "../../src/files/write_atomic.ts";

async function inFolder(check: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("writeAtomic: replaces the whole content and leaves no other file", () =>
  inFolder(async (folder) => {
    await writeAtomic(`${folder}/a.txt`, "a longer first text");
    await writeAtomic(`${folder}/a.txt`, "short", { sync: false });
    assertEquals(await Deno.readTextFile(`${folder}/a.txt`), "short");
    assertEquals([...Deno.readDirSync(folder)].length, 1);
  }));

Deno.test("writeAtomic: a missing folder gives an error that names the file and keeps its code", () =>
  inFolder(async (folder) => {
    try {
      await writeAtomic(`${folder}/none/a.txt`, "x");
    } catch (error) {
      assert(error instanceof Deno.errors.NotFound);
      assertEquals((error as { code?: string }).code, "ENOENT");
      assert(error.message.includes("none/a.txt"), error.message);
      return;
    }
    assert(false, "no error");
  }));

Deno.test("lockStudy: a second lock is rejected until the first is released", () =>
  inFolder(async (folder) => {
    {
      using _first = await lockStudy(folder);
      await assertRejects(() => lockStudy(folder), LockedError, "another caput");
    }
    using _second = await lockStudy(folder);
  }));

Deno.test("sha256: the example of the standard; a file has the hash of its bytes", () =>
  inFolder(async (folder) => {
    const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-4, B.1
    assertEquals(sha256("abc"), abc);
    const bytes = Uint8Array.from({ length: 3_000_001 }, (_, i) => i * 7);
    await Deno.writeFile(`${folder}/big`, bytes);
    assertEquals(await sha256File(`${folder}/big`), sha256(bytes));
  }));
