import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { filmOf, phantomCohort } from "../../src/study/cohort/phantom_film.ts";
import { runCaput } from "./run_caput.ts";

const README = await Deno.readTextFile(new URL("../../README.md", import.meta.url));

/** Runs `use` in a temporary folder that contains films of synthetic patients with these file names. */
async function withFilms(names: readonly string[], use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const { patients } = phantomCohort("small", 1);
  try {
    for (const [i, name] of names.entries()) {
      await Deno.mkdir(`${folder}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeFile(`${folder}/${name}`, filmOf(patientOf(patients[i])).png);
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The arguments of the README's command that begins with `start`; lines continued with a backslash are joined. */
function recipe(start: string): string[] {
  const text = README.replaceAll(/\\\n\s*/g, "");
  const line = text.split("\n").find((each) => each.startsWith(`deno task -q caput ${start}`));
  assert(line, `README has no command that begins with: ${start}`);
  return line.replace(/\s+#.*$/, "").slice("deno task -q caput ".length).split(/\s+/);
}

Deno.test("README: a drafted cohort file with grades filled in runs as shown", async () => {
  await withFilms(["films/Aufnahme 01.png", "films/Aufnahme 02.png"], async (folder) => {
    const drafted = await runCaput(recipe("manifest"), folder);
    assertEquals(drafted.code, 0, drafted.err);
    assertStringIncludes(drafted.err, "2 films like Aufnahme ##.png, such as Aufnahme 01.png");
    assertStringIncludes(drafted.err, "--map 'name=(?<patient>\\d+)' reads patient 01 from Aufnahme 01.png");
    assertStringIncludes(drafted.err, "caput run --cohort cohort.csv");
    const csv = await Deno.readTextFile(`${folder}/cohort.csv`);
    await Deno.writeTextFile(`${folder}/cohort.csv`, csv.replaceAll(/,\n/g, ",0\n"));
    assertEquals(
      (await runCaput(recipe("manifest"), folder)).code,
      2,
      "filled-in grades are not overwritten",
    );
    const ran = await runCaput([...recipe("run --cohort cohort.csv"), "--quiet", "--device", "cpu"], folder);
    assertEquals(ran.code, 0, ran.err);
    assertStringIncludes(ran.out, "4 heads of 2 films");
    // The cohort file may be in another folder: the command that the draft prints also works from there.
    const elsewhere = await runCaput(["manifest", "films", "--out", "lists.csv/cohort.csv"], folder)
      .catch(() => null);
    assert(elsewhere && elsewhere.code !== 0, "a folder that is not there is reported");
    await Deno.mkdir(`${folder}/lists`);
    const other = await runCaput(["manifest", "films", "--out", "lists/cohort.csv"], folder);
    const [, said] = /then run: deno task -q caput (run .*)$/m.exec(other.err)!;
    assertEquals(said, "run --cohort lists/cohort.csv --root films");
  });
});

Deno.test("README: a hospital's list with semicolons and its own terms runs as shown", async () => {
  await withFilms(["films/aufnahme 1.png", "films/aufnahme 2.png"], async (folder) => {
    await Deno.writeTextFile(
      `${folder}/films/liste.csv`,
      "Datei;Seite;ARCO\naufnahme 1.png;rechts;0\naufnahme 1.png;links;0\naufnahme 2.png;rechts;II\n",
    );
    const ran = await runCaput(
      [...recipe("run --cohort films/liste.csv"), "--quiet", "--device", "cpu"],
      folder,
    );
    assertEquals(ran.code, 0, ran.err);
    assertStringIncludes(ran.out, "3 heads of 2 films");
    const bare = await runCaput(["run", "--cohort", "films/liste.csv", "--quiet"], folder);
    assertEquals(bare.code, 2);
    assertStringIncludes(bare.err, "lacks radiograph, patient, side, grade");
    assertStringIncludes(
      bare.err,
      "no patient has two films, use the column of the films for both: --columns FILES=radiograph,FILES=patient",
    );
  });
});
