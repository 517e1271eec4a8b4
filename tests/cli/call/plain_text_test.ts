import { assertEquals } from "@std/assert";
import { jsonLine } from "../../../src/cli/call/json_line.ts";
import { plainName, plainText } from "../../../src/cli/call/plain_text.ts";
import { runCaput } from "../run_caput.ts";

const nasty = "a\u001b]0;owned\u0007\u009b2J\r\nb\u202etxt.dcm";

Deno.test("names are printed without terminal control characters", () => {
  assertEquals(plainName(nasty), "a\\x1b]0;owned\\x07\\x9b2J\\x0d\\x0ab\\u202etxt.dcm");
  assertEquals(plainText("two\nlines\t\u001b[2J"), "two\nlines\t\\x1b[2J");
  for (const text of ["film.dcm", "Hüfte 左.dcm", "a b"]) assertEquals(plainName(text), text);
});

Deno.test("JSON escapes control characters and reads back unchanged", () => {
  const line = jsonLine({ file: nasty });
  // deno-lint-ignore no-control-regex
  assertEquals(/[\u0000-\u001f\u007f-\u009f\u202e]/.test(line), false);
  assertEquals(JSON.parse(line), { file: nasty });
});

Deno.test("caput inspect escapes control characters of a file name on standard output and standard error", async () => {
  const folder = await Deno.makeTempDir(), name = "x\u001b[31m\u009bm.dcm";
  try {
    await Deno.writeTextFile(`${folder}/${name}`, "no film");
    for (const words of [["inspect", name], ["inspect", name, "--json"], ["inspect", `missing${name}`]]) {
      const { code, out, err } = await runCaput(words, folder);
      assertEquals(code, 1);
      // deno-lint-ignore no-control-regex
      assertEquals(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(out + err), false, words.join(" "));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
