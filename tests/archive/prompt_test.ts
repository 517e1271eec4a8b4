import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CAPUT_ARGS, caputCommand } from "../cli/run_caput.ts";
import { archivedFilm, badArchive } from "./bad_archive.ts";
import { runPeer } from "./run_peer.ts";

/** `script` of util-linux runs a command in a pseudo-terminal. */
const hasScript = (await runPeer("script", ["--version"]))?.out.includes("util-linux") ?? false;
if (!hasScript) {
  console.warn("skipped: script (util-linux) is not installed, so nothing can be typed at a prompt");
}

const ROOT = new URL("../../", import.meta.url).pathname;
const USER = "reader", PASSWORD = "pty-Secret-7d2c", TOKEN = "tok-Secret-90ab";
const SECRETS = [PASSWORD, TOKEN, btoa(`${USER}:${PASSWORD}`)];

/** An archive that accepts one user, or one token. */
function guardedArchive(count: number) {
  const keys = [`Basic ${btoa(`${USER}:${PASSWORD}`)}`, `Bearer ${TOKEN}`];
  return badArchive(
    count,
    (_path, _times, authorization) =>
      keys.includes(authorization ?? "") ? null : new Response("who?", { status: 401 }),
  );
}

/** Runs a command and answers its prompts as they appear. Returns the terminal's output and the exit code. */
async function typed(
  words: readonly string[],
  { folder, answers, env = {} }: {
    folder: string;
    answers: readonly (readonly [question: string, answer: string])[];
    env?: Record<string, string>;
  },
): Promise<{ code: number; screen: string }> {
  const quoted = [Deno.execPath(), ...CAPUT_ARGS, ...words].map((word) =>
    `'${word.replaceAll("'", `'\\''`)}'`
  );
  const child = new Deno.Command("script", {
    args: ["--quiet", "--return", "--echo", "never", "--command", quoted.join(" "), `${folder}/typescript`],
    cwd: ROOT,
    env: { INIT_CWD: folder, NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const keyboard = child.stdin.getWriter(), waiting = [...answers], decoder = new TextDecoder();
  let screen = "", seen = 0;
  for await (const bytes of child.stdout) {
    screen += decoder.decode(bytes, { stream: true });
    const at = waiting.length > 0 ? screen.indexOf(waiting[0][0], seen) : -1;
    if (at < 0) continue;
    seen = at + waiting[0][0].length;
    await keyboard.write(new TextEncoder().encode(waiting.shift()![1]));
  }
  const { code } = await child.status;
  await keyboard.close().catch(() => {});
  assertEquals(waiting, [], `not every question was asked:\n${screen}`);
  return { code, screen };
}

/** Checks that no secret is in a text or in any file below a folder. */
async function assertNowhere(folder: string, texts: readonly string[]): Promise<void> {
  for (const text of texts) for (const secret of SECRETS) assert(!text.includes(secret), text);
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) await assertNowhere(`${folder}/${name}`, []);
    else {
      const text = new TextDecoder("latin1").decode(await Deno.readFile(`${folder}/${name}`));
      for (const secret of SECRETS) assert(!text.includes(secret), `${name} must not contain a secret`);
    }
  }
}

Deno.test({
  name:
    "fetch and send ask for user and password on a terminal; the password is neither displayed nor written to a file",
  ignore: !hasScript,
  async fn() {
    const folder = await Deno.makeTempDir(), archive = guardedArchive(2);
    try {
      const fetched = await typed(["fetch", "--dicomweb", archive.url, "--out", "films"], {
        folder,
        answers: [["User of the archive:", `${USER}\n`], [
          "Password:",
          `${PASSWORD.slice(0, 3)}x\x7f${PASSWORD.slice(3)}\r`,
        ]],
      });
      assertEquals(fetched.code, 0, fetched.screen);
      assertStringIncludes(fetched.screen, "2 fetched");
      assertEquals(
        archive.seen[0].authorization,
        null,
        "the first request has no credentials, because none were set",
      );
      await assertNowhere(folder, [fetched.screen]);

      await Deno.mkdir(`${folder}/dicom`);
      await Deno.writeFile(`${folder}/dicom/one.dcm`, archivedFilm(0));
      const send = ["send", "dicom", "--dicomweb", archive.url];
      const no = await typed(send, { folder, answers: [["[y/N]", "\n"]] });
      assertEquals([no.code, archive.stored.length], [0, 0], no.screen);
      assertStringIncludes(no.screen, "nothing was sent");
      const wrong = { CAPUT_DICOMWEB_USER: USER, CAPUT_DICOMWEB_PASSWORD: "outdated" };
      const sent = await typed(send, {
        folder,
        answers: [["[y/N]", "y\n"], ["User of the archive:", `${USER}\n`], ["Password:", `${PASSWORD}\r`]],
        env: wrong,
      });
      assertEquals([sent.code, archive.stored.length], [0, 1], sent.screen);
      await assertNowhere(folder, [no.screen, sent.screen]);

      const twice = await typed(send, {
        folder,
        answers: [["[y/N]", "y\n"], ["User of the archive:", `${USER}\n`], ["Password:", "mistyped\r"]],
      });
      assertEquals(twice.code, 4, "a wrong password is asked for once and then reported");
      assertStringIncludes(twice.screen, "refuses access (401)");
      const stopped = await typed(["fetch", "--dicomweb", archive.url, "--out", "other"], {
        folder,
        answers: [["User of the archive:", `${USER}\n`], ["Password:", `${PASSWORD}\x03`]],
      });
      assertEquals(stopped.code, 130, stopped.screen);
      await assertNowhere(folder, [twice.screen, stopped.screen]);
      assert(![twice.screen, stopped.screen].join().includes("mistyped"));
    } finally {
      await archive.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("credentials from the environment give access to the archive and appear in no file or output, even if they are rejected", async () => {
  const folder = await Deno.makeTempDir(), archive = guardedArchive(1);
  try {
    const user = { CAPUT_DICOMWEB_USER: USER, CAPUT_DICOMWEB_PASSWORD: PASSWORD },
      token = { CAPUT_DICOMWEB_TOKEN: TOKEN };
    const runs: [number, string, Record<string, string>][] = [
      [0, "with-user", user],
      [0, "with-token", token],
      [0, "token-first", { ...user, ...token }],
      [4, "refused", { ...user, CAPUT_DICOMWEB_USER: "nobody" }],
      [4, "half", { CAPUT_DICOMWEB_USER: USER }],
    ];
    for (const [expected, out, env] of runs) {
      const words = ["fetch", "--dicomweb", archive.url, "--out", out, "--json"];
      const { code, stdout, stderr } = await caputCommand(words, folder, env).output();
      const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      assertEquals(code, expected, `${out}: ${said.join("\n")}`);
      await assertNowhere(folder, said);
      if (expected === 4) assertStringIncludes(said.join("\n"), "CAPUT_DICOMWEB_PASSWORD");
    }
    assert(archive.seen.some(({ authorization }) => authorization === `Bearer ${TOKEN}`));
    const typedIn = await caputCommand(
      ["fetch", "--dicomweb", archive.url.replace("//", `//${USER}:${PASSWORD}@`), "--out", "url"],
      folder,
    ).output();
    assertEquals(typedIn.code, 2);
    await assertNowhere(folder, [
      new TextDecoder().decode(typedIn.stderr),
      new TextDecoder().decode(typedIn.stdout),
    ]);
  } finally {
    await archive.close();
    await Deno.remove(folder, { recursive: true });
  }
});
