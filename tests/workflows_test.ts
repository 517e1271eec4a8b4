import { assert, assertEquals } from "@std/assert";

const FOLDER = new URL("../.github/workflows/", import.meta.url);
const { tasks } = JSON.parse(await Deno.readTextFile(new URL("../deno.json", import.meta.url)));

/** The parts of a workflow that are checked. */
interface Workflow {
  readonly name: string;
  readonly permissions: Rights;
  readonly jobs: Readonly<Record<string, Job>>;
}
type Rights = Readonly<Record<string, string>>;
interface Job {
  readonly "runs-on": string;
  readonly needs?: string;
  readonly permissions?: Rights;
  readonly steps: readonly Step[];
}
interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** A workflow as data, parsed by PyYAML; null (with a warning) if Python or PyYAML is not installed. */
async function readWorkflow(name: string): Promise<Workflow | null> {
  const code = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
  const path = new URL(name, FOLDER).pathname;
  const output = await new Deno.Command("python3", { args: ["-c", code, path] }).output().catch(() => null);
  if (output === null || /No module named/.test(new TextDecoder().decode(output.stderr))) {
    console.warn("skipped: Python or PyYAML is not installed");
    return null;
  }
  assert(output.success, `${name}: ${new TextDecoder().decode(output.stderr)}`);
  return JSON.parse(new TextDecoder().decode(output.stdout));
}

for (const { name } of [...Deno.readDirSync(FOLDER)].sort((a, b) => a.name < b.name ? -1 : 1)) {
  Deno.test(`workflow ${name}: parses, jobs that run commands may only read, and steps use actions of a fixed version and tasks that exist`, async () => {
    const workflow = await readWorkflow(name);
    if (!workflow) return;
    assertEquals(`${workflow.name}.yml`, name);
    for (const { permissions = workflow.permissions, steps } of Object.values(workflow.jobs)) {
      // Jobs that run commands execute our code and that of libraries, so they may only read the repository.
      if (steps.some(({ run }) => run !== undefined)) assertEquals(permissions, { contents: "read" });
    }
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    assert(
      steps.length > 0 && Object.values(workflow.jobs).every((job) => job["runs-on"] === "ubuntu-latest"),
    );
    for (const { uses, run } of steps) {
      assert((uses === undefined) !== (run === undefined), "a step must use an action or run a command");
      if (uses) assert(/^[\w-]+\/[\w-]+@v\d+$/.test(uses), uses);
      for (const [, task] of (run ?? "").matchAll(/deno task ([\w:-]+)/g)) {
        assert(Object.hasOwn(tasks, task), task);
      }
    }
  });
}

Deno.test("workflow pages.yml runs deno task site and publishes its output", async () => {
  const workflow = await readWorkflow("pages.yml");
  if (!workflow) return;
  const { site: { steps }, publish } = workflow.jobs, out = /--out (\S+)/.exec(tasks.site.command)![1];
  assertEquals(steps.find(({ uses }) => uses?.includes("upload-pages-artifact"))?.with?.path, out);
  assert(steps.some(({ run }) => run === "deno task site"));
  assertEquals([publish.needs, publish.permissions], ["site", { "pages": "write", "id-token": "write" }]);
});
