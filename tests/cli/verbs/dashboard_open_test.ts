import { assertEquals, assertStringIncludes } from "@std/assert";
import { sampleStudy } from "../../dashboards/sample_study.ts";
import { caputCommand } from "../run_caput.ts";

Deno.test({
  name:
    "dashboard --open: passes the page to the program that opens addresses, or says that no browser could be opened",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const study = `${folder}/study`;
      await Deno.mkdir(study);
      await sampleStudy(study, { heads: 60, pictures: 0 });
      await Deno.mkdir(`${folder}/bin`);
      await Deno.symlink(Deno.execPath(), `${folder}/bin/deno`);
      const open = async () => {
        const env = { PATH: `${folder}/bin:/bin` };
        const { code, stderr } = await caputCommand(["dashboard", study, "--open"], folder, env).output();
        assertEquals(code, 0);
        return new TextDecoder().decode(stderr);
      };
      await Deno.writeTextFile(
        `${folder}/bin/xdg-open`,
        `#!/bin/sh\necho "$1" > ${folder}/part\nmv ${folder}/part ${folder}/opened\n`,
        { mode: 0o755 },
      );
      assertEquals((await open()).includes("Could not open"), false);
      while (!await Deno.stat(`${folder}/opened`).then(() => true, () => false)) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assertEquals(await Deno.readTextFile(`${folder}/opened`), `${study}/dashboard.html\n`);
      await Deno.writeTextFile(`${folder}/bin/xdg-open`, "#!/bin/sh\nexit 3\n", { mode: 0o755 });
      assertStringIncludes(
        await open(),
        "Could not open a browser (xdg-open failed); please open the address",
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
