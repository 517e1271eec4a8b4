import { assertRejects } from "@std/assert";
import { requireCohortFile } from "../../../src/cli/call/cohort_options.ts";
import { type Call, UsageError } from "../../../src/cli/call/verb.ts";

Deno.test("a cohort file that does not exist is reported with its path as typed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const call = {
      options: { cohort: "liste.csv" },
      resolve: (path: string) => `${folder}/${path}`,
    } as unknown as Call;
    await assertRejects(
      () => requireCohortFile(call),
      UsageError,
      "Cannot use the cohort file liste.csv: it does not exist or cannot be read",
    );
    await Deno.writeTextFile(`${folder}/liste.csv`, "");
    await requireCohortFile(call);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
