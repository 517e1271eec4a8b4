import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CohortError } from "../../src/cohort/cohort_error.ts";
import { eachFile } from "../../src/cli/call/each_file.ts";
import { pasteable } from "../../src/cli/call/pasteable.ts";
import { progressLine } from "../../src/cli/call/progress_line.ts";
import { runCommand } from "../../src/cli/run_command.ts";
import { fetchVerb } from "../../src/cli/verbs/fetch.ts";
import { type Call, UsageError, type Verb } from "../../src/cli/call/verb.ts";
import { InputError, TooFewError } from "../../src/input_error.ts";

const BASE: Omit<Verb, "run"> = {
  name: "weigh",
  args: "PATH...",
  count: [1, Infinity],
  summary: "Weighs things; slowly.",
  options: {
    seed: { kind: "whole", range: [0, 100], help: "random seed" },
    adjust: { kind: ["holm", "none"], help: "correction" },
    out: { kind: "text", value: "DIR", help: "folder to write" },
  },
  example: ["caput weigh a.png"],
};

/** Runs a command whose only verb is `weigh`, doing `run`. */
async function command(words: string[], run: Verb["run"] = () => Promise.resolve(0)) {
  const said = { out: "", err: "" };
  const options = { ...BASE.options, resume: { kind: "flag", help: "continue" } } as const;
  const other: Verb = { ...BASE, name: "train unet", options, run };
  const code = await runCommand(words, {
    verbs: [{ ...BASE, run }, other],
    folder: "/here",
    stdout: (text) => said.out += text,
    stderr: (text) => said.err += text,
    terminal: false,
    columns: 80,
    signal: new AbortController().signal,
  });
  return { code, ...said };
}

const throwing = (error: unknown) => () => Promise.reject(error);

class Named extends Error {
  constructor(override readonly name: string, readonly code?: string) {
    super(`a ${name}`);
  }
}

Deno.test("runCommand: passes arguments and options to the verb, and resolves paths relative to the caller's folder", async () => {
  let got: Call | undefined;
  const words = ["weigh", "a.png", "--seed=7", "--out", "x y", "--quiet", "--", "--b"];
  const { code } = await command(words, (call) => {
    got = call;
    return Promise.resolve(0);
  });
  assertEquals(code, 0);
  assert(got);
  assertEquals(got.args, ["a.png", "--b"]);
  assertEquals({ ...got.options }, { seed: 7, out: "x y", quiet: true });
  assertEquals([got.resolve("a.png"), got.resolve("/abs")], ["/here/a.png", "/abs"]);
});

Deno.test("runCommand: for a faulty cohort file, each fix is printed once with its rows; JSON has the fix in its own field", async () => {
  const problem = {
    code: "unknown-side",
    severity: "error",
    rows: [4],
    message: "a side is odd",
    fix: "mend it",
  } as const;
  const { out, err } = await command(["weigh", "a.png", "--json"], throwing(new CohortError([problem])));
  assertEquals(err, "caput: Cannot use the cohort file: row 4: a side is odd (mend it)\n");
  assertEquals(JSON.parse(out).error.fix, "mend it");
});

Deno.test("runCommand: an unknown verb or option gives exit code 2 and suggests the most similar one", async () => {
  const verb = await command(["wiegh"]);
  assertEquals(verb.code, 2);
  assertStringIncludes(verb.err, "did you mean weigh?");
  const option = await command(["weigh", "a", "--sede", "1"]);
  assertEquals(option.code, 2);
  assertStringIncludes(option.err, "did you mean --seed?");
  const word = await command(["train"]);
  assertEquals(word.code, 2);
  assertStringIncludes(word.err, "train unet");
});

Deno.test("runCommand: invalid values and counts are rejected before anything runs", async () => {
  const cases: [string[], string][] = [
    [["weigh", "a", "--seed", "1.5"], "a whole number from 0 to 100"],
    [["weigh", "a", "--seed", "101"], "a whole number from 0 to 100"],
    [["weigh", "a", "--seed", ""], "a whole number"],
    [["weigh", "a", "--adjust", "hulm"], "did you mean holm?"],
    [["weigh", "a", "--out"], "needs a value"],
    [["weigh", "a", "--out", "--json"], "needs a value"],
    [["weigh", "a", "--json=yes"], "takes no value"],
    [["weigh", "a", "--seed", "1", "--seed", "2"], "given twice"],
    [["weigh"], "takes PATH..."],
  ];
  for (const [words, message] of cases) {
    const { code, err } = await command(words, throwing(new Error("was run")));
    assertEquals(code, 2, words.join(" "));
    assertStringIncludes(err, message);
  }
});

Deno.test("runCommand: a verb's help lists its options and an example; --help lists the verbs", async () => {
  const verb = await command(["weigh", "--help"], throwing(new Error("was run")));
  assertEquals(verb.code, 0);
  for (const text of ["--seed", "--adjust", "--out", "--json", "--quiet", "caput weigh a.png"]) {
    assertStringIncludes(verb.out, text);
  }
  const all = await command(["--help"]);
  assertEquals(all.code, 0);
  assertStringIncludes(all.out, "train unet");
});

Deno.test("runCommand: each kind of error has its exit code", async () => {
  const cases: [unknown, number][] = [
    [new UsageError("x"), 2],
    [new Named("CohortError"), 2],
    [new InputError("one group"), 2],
    [new TooFewError("no usable head"), 1],
    [new Named("RadiographError"), 1],
    [new Named("ModelIntegrityError"), 3],
    [new Named("IntegrityError"), 3],
    [new Named("LockedError"), 3],
    [new Named("DeviceError"), 4],
    [new Named("Error", "ENOSPC"), 4],
    [new Named("NotFound", "EROFS"), 4],
    [new DOMException("stop", "AbortError"), 130],
    [new RangeError("Maximum call stack size exceeded"), 70],
    [new TypeError("undefined is not a function"), 70],
    [new Error("anything"), 70],
    ["a thrown string", 70],
  ];
  for (const [error, expected] of cases) {
    const { code, out, err } = await command(["weigh", "a", "--json"], throwing(error));
    assertEquals(code, expected, String(error));
    assertEquals(err.includes("open an issue"), expected === 70, err);
    assertEquals(typeof JSON.parse(out).error.message, "string");
  }
});

Deno.test("runCommand: after Ctrl-C, the fix names --resume if the verb continues only with this option", async () => {
  const interrupted = throwing(new DOMException("Interrupted; finished work is kept", "AbortError"));
  const plain = await command(["weigh", "a"], interrupted);
  assertEquals(plain.code, 130);
  assertStringIncludes(plain.err, "  run the same command again to continue\n");
  const training = await command(["train", "unet", "a"], interrupted);
  assertEquals(training.code, 130);
  assertStringIncludes(training.err, "  run the same command again with --resume to continue\n");
  let err = ""; // a verb that continues without --resume
  await runCommand(["fetch", "--dicomweb", "http://127.0.0.1:9"], {
    ...{ folder: "/", terminal: false, columns: 80, signal: new AbortController().signal },
    verbs: [{ ...fetchVerb, run: interrupted }],
    stdout: () => {},
    stderr: (text) => err += text,
  });
  assertStringIncludes(err, "  run the same command again to continue\n");
  const { out } = await command(["--help"]);
  assertStringIncludes(
    out.replaceAll("\n", " "),
    "130 interrupted, run the same command again (training: with --resume) to continue.",
  );
});

Deno.test("runCommand: with --json a missing number is null, never NaN", async () => {
  const { out } = await command(["weigh", "a", "--json"], (call) => {
    call.printJson({ a: NaN, b: Float64Array.of(1, Infinity), c: "NaN" });
    return Promise.resolve(0);
  });
  assertEquals(out, '{"a":null,"b":[1,null],"c":"NaN"}\n');
});

Deno.test("eachFile: a failing file is reported as typed, the others continue, exit code 1", async () => {
  const { code, out, err } = await command(
    ["weigh", "bad.png", "ok.png", "--json"],
    (call) =>
      eachFile(call, {
        label: "weighing",
        read: (path) => Promise.resolve(path),
        work: (path) =>
          path.endsWith("bad.png")
            ? Promise.reject(new InputError(`Cannot read ${path}: it is empty`))
            : Promise.resolve({ record: { grams: 3 }, lines: [], usable: true }),
      }),
  );
  assertEquals(code, 1);
  const lines = out.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.map((line) => line.file), ["bad.png", "ok.png"]);
  assertEquals(lines[0].error.message, "Cannot read bad.png: it is empty");
  assertEquals(lines[1].grams, 3);
  assertStringIncludes(err, "Of 2 files: 1 failed; the rest is complete");
});

Deno.test("eachFile: a readable but unusable file counts as failed and is not called unreadable", async () => {
  const { code, err } = await command(["weigh", "a", "b", "c"], (call) =>
    eachFile(call, {
      label: "weighing",
      unusable: "too light",
      read: (path) => Promise.resolve(path),
      work: (path) =>
        path.endsWith("c")
          ? Promise.reject(new InputError("Cannot weigh"))
          : Promise.resolve({ record: {}, lines: [], usable: false }),
    }));
  assertEquals(code, 1);
  assertStringIncludes(err, "Of 3 files: 1 failed, 2 too light\n"); // there is no rest
});

Deno.test("eachFile: a full disk or a missing device stops everything", async () => {
  for (
    const [error, expected] of [[new Named("Error", "ENOSPC"), 4], [new Named("DeviceError"), 4]] as const
  ) {
    const { code } = await command(
      ["weigh", "a", "b"],
      (call) =>
        eachFile(call, {
          label: "",
          read: (path) => Promise.resolve(path),
          work: () => Promise.reject(error),
        }),
    );
    assertEquals(code, expected);
  }
});

Deno.test("progressLine: a bar with rate and remaining time on a terminal, otherwise a line every ten seconds", () => {
  let clock = 0, bar = "", plain = "";
  const now = () => clock;
  const onTerminal = progressLine("films", 100, {
    terminal: true,
    write: (text) => bar += text,
    now,
    columns: 120,
  });
  const piped = progressLine("films", 100, { terminal: false, write: (text) => plain += text, now });
  for (let i = 1; i <= 50; i++) {
    clock = i * 500;
    onTerminal.update(i);
    piped.update(i);
  }
  assertStringIncludes(bar, "50/100, 2.00/s, 25 s left");
  assert(bar.includes("\r"));
  assertEquals(plain, "films: 20/100, 2.00/s, 40 s left\nfilms: 40/100, 2.00/s, 30 s left\n");
  clock = 50_000;
  piped.update(100);
  piped.end();
  assertEquals(
    plain.split("\n").slice(2),
    ["films: 100/100, 2.00/s, 50 s in all", ""],
    "the end must be reported once",
  );
});

Deno.test("progressLine: without a terminal, an unchanged line is repeated once a minute, and the last line is written once", () => {
  let clock = 0, plain = "";
  const line = progressLine("films", 24, {
    terminal: false,
    write: (text) => plain += text,
    now: () => clock,
  });
  const poll = (until: number, done: number, detail: string) => {
    for (; clock < until; clock += 5000) line.update(done, detail);
  };
  poll(140_000, 0, "0 of 2 shards");
  poll(170_000, 12, "1 of 2 shards");
  line.update(24, "2 of 2 shards");
  line.end();
  clock = 400_000;
  line.end(); // as when the command ends
  assertEquals(plain.split("\n"), [
    "films: 0/24, 0.00/s, 0 of 2 shards",
    "films: 0/24, 0.00/s, 0 of 2 shards",
    "films: 0/24, 0.00/s, 0 of 2 shards",
    "films: 12/24, 0.09/s, 1 of 2 shards",
    "films: 24/24, 0.14/s, 2 min 50 s in all, 2 of 2 shards",
    "",
  ]);
});

Deno.test("progressLine: a bar that ended before its first line is not written when the command ends", () => {
  let clock = 0, plain = "";
  const line = progressLine("films", 24, {
    terminal: false,
    write: (text) => plain += text,
    now: () => clock,
  });
  clock = 5000;
  line.update(24);
  line.end();
  clock = 60_000; // other work
  line.end();
  assertEquals(plain, "");
});

Deno.test("runCommand: an error is printed below the bar that it interrupted", async () => {
  let err = "";
  const verb: Verb = {
    ...{ name: "stop", args: "", count: [0, 0], summary: "", options: {}, example: ["caput stop"] },
    run(call) {
      call.progress("films", 3).update(1);
      throw new InputError("it is empty");
    },
  };
  const code = await runCommand(["stop"], {
    ...{ verbs: [verb], folder: "/", terminal: true, columns: 80, signal: new AbortController().signal },
    stdout: () => {},
    stderr: (text) => err += text,
  });
  assertEquals(code, 2);
  assert(/films \[.*\] [^\n]*\ncaput: it is empty\n$/.test(err), JSON.stringify(err));
});

Deno.test("progressLine: on a terminal the bar is shown before the first step, and other lines are written above it", () => {
  let screen = "";
  const write = (text: string) => screen += text;
  const bar = progressLine("films", 4, { terminal: true, write, now: () => 0 });
  assertStringIncludes(screen, "films [------------------------] 0/4");
  bar.above(() => write("film.png\n"));
  const lines = screen.split("\n");
  assert(lines[0].endsWith("\r\x1b[Kfilm.png"), JSON.stringify(lines[0]));
  assertStringIncludes(lines[1], "films [------------------------] 0/4");
  bar.end();
  screen = "";
  bar.above(() => write("film.png\n"));
  assertEquals(screen, "film.png\n", "nothing is redrawn after the end");
});

Deno.test("progressLine: a slow first step does not count towards the remaining time", () => {
  let clock = 0, plain = "";
  const piped = progressLine("films", 101, {
    terminal: false,
    write: (text) => plain += text,
    now: () => clock,
  });
  clock = 60_000; // workers and models start
  piped.update(1);
  for (let i = 2; i <= 11; i++) {
    clock += 1000;
    piped.update(i);
  }
  assertEquals(plain, "films: 1/101, 0.02/s\nfilms: 11/101, 0.16/s, 1 min 30 s left\n");
});

Deno.test("pasteable: proposed commands can be pasted if Caput was started as a task; other text is not changed", () => {
  const before = Deno.env.get("INIT_CWD");
  try {
    Deno.env.set("INIT_CWD", "/");
    assertEquals(pasteable("Then: caput run --cohort a.csv"), "Then: deno task -q caput run --cohort a.csv");
    assertEquals(pasteable("caput merge --plan p"), "deno task -q caput merge --plan p");
    assertEquals(pasteable("finish it with caput run"), "finish it with caput run");
    Deno.env.delete("INIT_CWD");
    assertEquals(pasteable("Then: caput run"), "Then: caput run");
  } finally {
    if (before === undefined) Deno.env.delete("INIT_CWD");
    else Deno.env.set("INIT_CWD", before);
  }
});

Deno.test("--help after the first word of a family of verbs shows the help of each", async () => {
  const { code, out, err } = await command(["train", "--help"]);
  assertEquals([code, err], [0, ""]);
  assertStringIncludes(out, "caput train unet PATH... [options]");
});

Deno.test("eachFile: if the only file fails, the note does not mention the rest", async () => {
  const read = () => Promise.reject(new InputError("it is empty"));
  const { code, err } = await command(
    ["weigh", "a.png"],
    (call) => eachFile(call, { label: "films", read, work: () => ({ record: {}, lines: [], usable: true }) }),
  );
  assertEquals(code, 1);
  assertStringIncludes(err, "Of 1 file: 1 failed\n");
});
