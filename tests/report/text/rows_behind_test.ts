import { assert, assertEquals } from "@std/assert";
import { pairsWithoutDiseased, readStudy } from "../../../src/report/read/read_study.ts";
import { headGroups, rowsBehind } from "../../../src/report/text/rows_behind.ts";
import { sampleStudy } from "../../dashboards/sample_study.ts";

const folder = await Deno.makeTempDir();
await sampleStudy(folder, { heads: 240, pictures: 0 });
const { heads, comparisons } = await readStudy(folder);
await Deno.remove(folder, { recursive: true });
const groups = headGroups(heads);

/** The heads from which a number was computed; `pointer` is a JSON pointer or, for heads.parquet, a description. */
function headsAt(pointer: string, file = "comparisons.json") {
  const ids = rowsBehind({ text: "", file, pointer, value: 0 }, comparisons);
  return groups.filter((group) => ids.includes(group.id)).flatMap((group) => group.heads);
}

Deno.test("every head is in one group of its split and grade", () => {
  const listed = groups.filter(({ id }) => !id.endsWith("apart")).flatMap((group) => group.heads);
  assertEquals(listed.length, heads.length);
  assertEquals(new Set(listed.map((head) => head.headId)).size, heads.length);
});

Deno.test("the number of rows behind a pair, a group and a detection equals the reported number", () => {
  comparisons.pairs.forEach(({ nA, nB }, i) => assertEquals(headsAt(`/pairs/${i}/auc`).length, nA + nB));
  comparisons.groups.forEach(({ n }, i) => assertEquals(headsAt(`/groups/${i}/median`).length, n));
  const healthy = comparisons.groups[0].n;
  comparisons.detection!.forEach(({ n }, i) =>
    assertEquals(headsAt(`/detection/${i}/interval/0`).length, healthy + n)
  );
  assertEquals(headsAt("/omnibus/p").length, comparisons.groups.reduce((sum, { n }) => sum + n, 0));
});

Deno.test("without patients who have a diseased hip, the number of rows equals the reported number and is at most the number with them", () => {
  const pairs = pairsWithoutDiseased(comparisons);
  pairs.forEach(({ nA, nB }, i) => {
    assertEquals(headsAt(`/withoutDiseasedPatients/pairs/${i}/auc`).length, nA + nB);
  });
  assert(pairs[0].nA <= comparisons.pairs[0].nA);
});

Deno.test("the reason why a comparison without patients who have a diseased hip was not possible has no rows", () => {
  const cited = {
    text: "",
    file: "comparisons.json",
    pointer: "/withoutDiseasedPatients/notPossible",
    value: 0,
  };
  const record = { ...comparisons, withoutDiseasedPatients: { notPossible: "no heads" } };
  assertEquals(rowsBehind(cited, record), []);
});

Deno.test("split and grade are read from a description; a setting has no rows", () => {
  const train = heads.filter((head) => head.split === "train" && head.grade === 0).length;
  assertEquals(headsAt("rows with grade 0 and split train", "heads.parquet").length, train);
  assertEquals(headsAt("median of dice, grade 3", "heads.parquet"), heads.filter((h) => h.grade === 3));
  assertEquals(headsAt("median of dice", "heads.parquet").length, heads.length);
  assertEquals(headsAt("split train: ungraded rows", "heads.parquet"), []);
  assertEquals(headsAt("/settings/seed"), []);
  assertEquals(headsAt("/plan/crop/sizePx", "study.json"), []);
  const held = heads.filter((head) => head.split === "held-out" && head.grade === 0).length;
  assertEquals(headsAt("/reference/n", "study.json").length, held);
});
