import { assert, assertEquals, assertRejects } from "@std/assert";
import { hardCohort, smallCohort } from "../../../src/phantom/patient/paper_cohort.ts";
import { writePhantom } from "../../../src/phantom/files/write_phantom.ts";

async function contents(folder: string): Promise<Map<string, string>> {
  const out = new Map<string, string>();
  for (const name of [".", "films", "masks", "parameters"]) {
    for await (const entry of Deno.readDir(`${folder}/${name}`)) {
      if (!entry.isFile) continue;
      const hash = await crypto.subtle.digest(
        "SHA-256",
        await Deno.readFile(`${folder}/${name}/${entry.name}`),
      );
      out.set(`${name}/${entry.name}`, new Uint8Array(hash).toHex());
    }
  }
  return new Map([...out].sort());
}

Deno.test("writePhantom: a cohort's files are identical with one and with two workers, and every row has its film and mask", async () => {
  const folder = await Deno.makeTempDir(),
    cohort = { ...smallCohort(1), patients: smallCohort(1).patients.slice(0, 4) };
  try {
    const seen: number[] = [];
    const one = await writePhantom(cohort, {
      outDir: `${folder}/one`,
      widthPx: 128,
      workers: 1,
      onProgress: (n) => seen.push(n),
    });
    await writePhantom(cohort, { outDir: `${folder}/two`, widthPx: 128, workers: 2 });
    const files = await contents(`${folder}/one`);
    assertEquals(files, await contents(`${folder}/two`));
    assertEquals(seen, [1, 2, 3, 4]);
    const rows = (await Deno.readTextFile(one.cohortFile)).trim().split("\n").slice(1).map((line) =>
      line.split(",")
    );
    assertEquals([rows.length, one.heads, one.grades.reduce((a, b) => a + b)], [8, 8, 8]);
    for (const row of rows) assert(files.has(row[0]) && files.has(row[4]), row.join());
    assert(![...files.keys()].some((name) => name.endsWith(".part")));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writePhantom rejects zero workers", async () => {
  await assertRejects(
    () => writePhantom(hardCohort(1, 1), { outDir: "nowhere", workers: 0 }),
    RangeError,
    "got 0",
  );
});
