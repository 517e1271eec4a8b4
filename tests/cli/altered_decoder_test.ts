import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CAPUT_ARGS } from "./run_caput.ts";

const ROOT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");
const WASM = "node_modules/.deno/dcmjs-codecs@0.0.8/node_modules/dcmjs-codecs/build/dcmjs-native-codecs.wasm";
/** Films of the fixtures whose pixels need the decoder, and one whose pixels do not. */
const CODED = ["jpeg_2000.dcm", "jpeg_ls.dcm", "jpeg_lossless_70.dcm"], PLAIN = "explicit.dcm";

/**
 * A copy of the project as after `git clone` and `deno install`: the decoder's package is copied so that it can be
 * altered, others are linked.
 */
async function projectCopy(folder: string): Promise<void> {
  for (const name of ["deno.json", "deno.lock"]) await Deno.copyFile(`${ROOT}/${name}`, `${folder}/${name}`);
  await copyTree(`${ROOT}/src`, `${folder}/src`, Deno.copyFile);
  await copyTree(
    `${ROOT}/node_modules`,
    `${folder}/node_modules`,
    (from, to) =>
      from.includes("/dcmjs-codecs@")
        ? Deno.copyFile(from, to)
        : Deno.link(from, to).catch(() => Deno.copyFile(from, to)),
  ); // some file systems have no links
}

async function copyTree(from: string, to: string, copy: (from: string, to: string) => Promise<void>) {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(from)) {
    const [source, target] = [`${from}/${name}`, `${to}/${name}`];
    if (isDirectory) await copyTree(source, target, copy);
    else if (isSymlink) await Deno.symlink(await Deno.readLink(source), target);
    else await copy(source, target);
  }
}

async function caputIn(folder: string, ...words: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...CAPUT_ARGS, ...words],
    cwd: folder,
    env: { INIT_CWD: folder, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err, both: out + err };
}

Deno.test("an altered decoder is not run and gives exit code 3; once restored, the same command works", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await projectCopy(folder);
    for (const name of [...CODED, PLAIN]) {
      await Deno.copyFile(`${ROOT}/tests/fixtures/radiograph/${name}`, `${folder}/${name}`);
    }
    const wasm = await Deno.readFile(`${folder}/${WASM}`);
    const sound = await caputIn(folder, "inspect", CODED[0], "--json");
    assertEquals(sound.code, 0, sound.both);

    const altered = wasm.slice();
    altered[altered.length >> 1] ^= 1; // one bit
    await Deno.writeFile(`${folder}/${WASM}`, altered);
    for (const name of CODED) {
      const { code, both } = await caputIn(folder, "inspect", name);
      assertEquals(code, 3, both);
      assert(
        both.match(/[0-9a-f]{64}/g)!.length >= 2,
        "the message must show the expected hash and the one found",
      );
      assertStringIncludes(both, "deno install");
    }
    const two = await caputIn(folder, "inspect", PLAIN, CODED[0], "--json");
    assertEquals(two.code, 3, two.both);
    assertEquals((await caputIn(folder, "inspect", PLAIN)).code, 0, "a film that needs no decoder is read");

    await Deno.truncate(`${folder}/${WASM}`, 1000);
    assertEquals((await caputIn(folder, "inspect", CODED[1])).code, 3);

    await Deno.writeFile(`${folder}/${WASM}`, wasm);
    assertEquals((await caputIn(folder, "inspect", ...CODED)).code, 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
