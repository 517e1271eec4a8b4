import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { servePage } from "../../../dashboards/serve_page.ts";
import { describeError } from "../../../src/cli/call/describe_error.ts";
import { eachFile } from "../../../src/cli/call/each_file.ts";
import { exitCode } from "../../../src/cli/call/exit_code.ts";
import type { Call } from "../../../src/cli/call/verb.ts";
import { RadiographError } from "../../../src/radiograph/guard/radiograph_error.ts";
import { failureOf } from "../../../src/study/cohort/failure_of.ts";
import { sampleStudy } from "../../dashboards/sample_study.ts";

const altered = new RadiographError("Cannot load the decoders: sha256 must be a, got b", {
  code: "integrity",
  fix: "Run deno install again.",
});

Deno.test("an altered decoder gives exit code 3 and stops the command; it is not reported as a failure of the film", async () => {
  assertEquals(exitCode(altered), 3);
  const inspected = Object.assign(new Error(altered.message), { code: "integrity" }); // as `inspect` reports it
  assertEquals(exitCode(inspected), 3);
  const call = {
    args: ["a.dcm", "b.dcm"],
    signal: new AbortController().signal,
    resolve: (path: string) => path,
    progress: () => ({ update() {}, end() {} }),
  } as unknown as Call;
  const read = () => Promise.reject(altered);
  await assertRejects(
    () => eachFile(call, { label: "", read, work: () => assertEquals(1, 2) as never }),
    RadiographError,
  );
  const head = { headId: "h", patient: "p", row: 1, side: "left", grade: 0 } as const;
  await assertRejects(() => Promise.resolve().then(() => failureOf(altered, head)), RadiographError);
});

Deno.test("a port in use gives exit code 4 and suggests --port 0", async () => {
  const folder = await Deno.makeTempDir();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    await sampleStudy(folder, { heads: 60, d: 4, pictures: 0, sizePx: 8 });
    const error = await servePage({ studyDir: folder, port: taken.addr.port }).then(() => null, (e) => e);
    assertEquals(exitCode(error), 4);
    assertStringIncludes(describeError(error).fix, "--port 0");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
