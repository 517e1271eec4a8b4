import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runCaput } from "../run_caput.ts";

Deno.test("compare: the legend explains a dash in the column detectable, and only if the column has a dash", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const legend = async (perGroup: number) => {
      const rows = Array.from({ length: 2 * perGroup }, (_, i) => `${i},${i < perGroup ? "a" : "b"}`);
      await Deno.writeTextFile(`${folder}/t.csv`, `v,g\n${rows.join("\n")}\n`);
      const { code, out, err } = await runCaput(["compare", "t.csv", "--value", "v", "--group", "g"], folder);
      assertEquals(code, 0, err);
      return out;
    };
    const small = await legend(2);
    assert(/^a - b .* -$/m.test(small.replaceAll(/ +$/gm, "")), small);
    assertStringIncludes(
      small,
      "with 80 % power at p < 0.05 (-: the groups are too small to show any AUC with 80 % power).",
    );
    const large = await legend(30);
    assertStringIncludes(large, "with 80 % power at p < 0.05.");
    assert(!large.includes("(-:"), large);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
