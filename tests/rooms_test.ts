import { assert, assertEquals } from "@std/assert";
import { DOORS } from "../dashboards/bundle_page.ts";

/**
 * The rooms (folders) of src, lowest first, and the rooms that each may import. All may import `types.ts` and
 * `input_error.ts`.
 */
const ROOMS: Record<string, readonly string[]> = {
  array: [],
  files: [],
  workers: [],
  platform: [],
  masks: ["array"],
  image: ["array", "platform"],
  stats: ["array"],
  cohort: ["array", "files"],
  onnx: [],
  training: ["array", "workers", "onnx"],
  radiograph: ["array", "image", "platform"],
  phantom: ["array", "image", "cohort"],
  segmentation: ["array", "masks", "image", "onnx", "training"],
  vae: ["array", "image", "onnx", "training"],
  normative: ["array", "stats"],
  projection: ["array"],
  figures: [],
  archive: ["array", "image", "files", "cohort", "radiograph"],
  study: [
    ...[
      "array",
      "files",
      "workers",
      "platform",
      "masks",
      "image",
      "stats",
      "cohort",
      "onnx",
      "training",
      "radiograph",
      "phantom",
      "archive",
    ],
    ...["segmentation", "vae", "normative", "projection", "figures"],
  ],
  desk: ["study", "segmentation", "normative", "radiograph", "image", "masks", "files"],
  report: ["array", "study", "figures", "stats", "files", "image", "radiograph"],
  cli: [],
};

/**
 * The sub-rooms of a room, lowest first, and the sub-rooms that each may import. Files directly in the room may import
 * all of its sub-rooms.
 */
const SUB_ROOMS: Record<string, Record<string, readonly string[]>> = {
  "src/segmentation/": {
    outline: [],
    view: [],
    training: ["view"],
    sides: ["outline", "view"],
    looks: ["outline", "view", "sides"],
  },
  "src/phantom/": {
    sheet: [],
    bones: [],
    patient: ["bones"],
    body: ["sheet", "bones", "patient"],
    film: ["sheet", "bones", "patient", "body"],
    files: ["patient", "film"],
  },
  "src/stats/": {
    distributions: [],
    samples: [],
    correction: [],
    format: [],
    effects: ["distributions", "samples"],
    tests: ["distributions", "samples", "correction", "effects"],
    intervals: ["distributions", "samples", "effects", "tests"],
    compare: ["correction", "effects", "tests", "intervals"],
  },
  "src/training/": {
    graph: [],
    layers: ["graph"],
    convolution: ["graph", "layers"],
    losses: ["graph", "layers", "convolution"],
    loop: ["graph", "layers"],
  },
  "src/radiograph/": {
    guard: [],
    stored: [],
    codecs: ["guard"],
    dicom: ["guard", "stored", "codecs"],
    tiff: ["guard", "stored", "codecs"],
    raster: ["guard", "stored", "codecs", "tiff"],
    values: ["guard", "stored", "dicom"],
  },
  "src/study/": {
    models: [],
    preflight: [],
    cohort: [],
    measure: ["models", "cohort"],
    cluster: ["models", "cohort", "measure"],
    judge: ["models", "cohort", "measure"],
    folder: ["models", "cohort", "judge"],
    dicom_export: ["cohort", "folder", "measure"],
    score: ["models", "measure", "judge"],
    reliability: ["models", "cohort", "measure", "folder", "score"],
    teach: ["models", "cohort", "judge", "folder", "score"],
    train: ["models", "cohort", "measure", "judge", "folder"],
  },
  "src/report/": {
    read: [],
    render: [],
    checklists: [],
    text: ["read", "render"],
    video: ["read", "render"],
    notebook: ["render"],
    figures: ["read", "render", "text", "video"],
  },
  "src/cli/": { call: [], engine: ["call"], verbs: ["call", "engine"] },
  "dashboards/page/": {
    state: [],
    ui: ["state"],
    export: ["state", "ui"],
    chart: ["state", "ui", "export"],
    bars: ["state", "ui", "export", "chart"],
    distance: ["state", "ui", "chart"],
    grades: ["state", "ui", "chart", "distance"],
    map: ["state", "ui", "export", "chart", "distance"],
    patients: ["state", "ui", "export", "chart", "distance"],
    head: ["state", "ui", "export", "patients"],
    live: ["state", "ui", "map", "head"],
    reference: ["state", "ui", "chart", "grades"],
  },
};

/** Maximum number of TypeScript files in a folder; larger folders are hard to navigate. */
const MOST_FILES = 28;

/** Rooms that the page of a study imports; they run in a browser and must not use Deno or Node. */
const PURE = ["array", "masks", "stats", "normative", "projection", "figures"];

/**
 * What a caller may import besides `mod.ts`, `types.ts` and `input_error.ts`. The page imports rooms individually,
 * because mod.ts does not run in a browser.
 */
const CALLERS: Record<string, readonly string[]> = {
  "src/cli/": ["src/cli/", "dashboards/"],
  "dashboards/": ["dashboards/", "src/browser.ts", ...PURE.map((room) => `src/${room}/`)],
};

const ROOT = new URL("../", import.meta.url);

interface Module {
  readonly path: string; // relative to the project, such as src/stats/correction/holm.ts
  readonly text: string; // without its comments
  readonly imports: readonly string[]; // project paths, or bare names
}

/** Removes comments, which may contain anything. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$|\s\/\/ .*$/gm, "");
}

function importsOf(path: string, text: string): string[] {
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"|new URL\("(\.{1,2}\/[^"]+\.ts)"/g);
  return [...found].map(([, name, worker]) => {
    const target = name ?? worker;
    if (!target.startsWith(".")) return target;
    return new URL(target, new URL(path, ROOT)).href.slice(ROOT.href.length);
  });
}

async function* modulesIn(folder: string): AsyncGenerator<Module> {
  for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
    if (entry.isDirectory && entry.name !== "node_modules") yield* modulesIn(`${folder}${entry.name}/`);
    if (!entry.isFile || !/\.tsx?$/.test(entry.name)) continue;
    const path = `${folder}${entry.name}`;
    const text = withoutComments(await Deno.readTextFile(new URL(path, ROOT)));
    yield { path, text, imports: importsOf(path, text) };
  }
}

Deno.test("rooms: each room imports only the rooms it may", async () => {
  let seen = 0;
  for (const [room, allowed] of Object.entries(ROOMS)) {
    if (room === "cli") continue;
    for await (const { path, imports } of modulesIn(`src/${room}/`)) {
      seen++;
      for (const target of imports.filter((name) => name.startsWith("src/"))) {
        const other = target.split("/")[1];
        assert(
          target === "src/types.ts" || target === "src/input_error.ts" || other === room ||
            allowed.includes(other),
          `${path} imports ${target}; ${room} may import ${allowed.join(", ") || "nothing"}`,
        );
      }
      assert(
        !imports.some((name) => /^(dashboards|notebooks|tests|bench)\//.test(name)),
        `${path} must not import from dashboards, notebooks, tests or bench`,
      );
    }
  }
  assert(seen > 0, "no module was read");
});

Deno.test("rooms: no cycles, because each room imports only rooms listed before it", () => {
  const names = Object.keys(ROOMS);
  for (const [index, room] of names.entries()) {
    for (const imported of ROOMS[room]) {
      assert(names.slice(0, index).includes(imported), `${room} -> ${imported}`);
    }
  }
});

Deno.test("rooms: each sub-room imports only the sub-rooms it may", async () => {
  for (const [room, subRooms] of Object.entries(SUB_ROOMS)) {
    const names = Object.keys(subRooms);
    const folders = [...Deno.readDirSync(new URL(room, ROOT))].filter((entry) => entry.isDirectory);
    assertEquals(folders.map((entry) => entry.name).sort(), names.toSorted(), room);
    for (const [index, name] of names.entries()) {
      for (const imported of subRooms[name]) {
        assert(names.slice(0, index).includes(imported), `${name} -> ${imported}`);
      }
      for await (const { path, imports } of modulesIn(`${room}${name}/`)) {
        for (const target of imports.filter((other) => other.startsWith(room))) {
          const [other, ...rest] = target.slice(room.length).split("/");
          assert(
            rest.length > 0 && (other === name || subRooms[name].includes(other)),
            `${path} imports ${target}; ${name} may import ${
              subRooms[name].join(", ") || "nothing"
            } of ${room}`,
          );
        }
      }
    }
  }
});

Deno.test("rooms: no file imports itself indirectly", async () => {
  const importsBy = new Map<string, readonly string[]>();
  for (const folder of ["src/", "dashboards/"]) {
    for await (const { path, imports } of modulesIn(folder)) importsBy.set(path, imports);
  }
  assert(importsBy.size > 300, `only ${importsBy.size} modules were read`);
  assertEquals(circleIn(importsBy), null);
  assertEquals(circleIn(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]])), ["b", "c", "b"]);
});

/** The first import cycle, or null. */
function circleIn(importsBy: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): string[] | null => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const next of importsBy.get(path) ?? []) {
      const circle = walk(next, [...way, path]);
      if (circle) return circle;
    }
    done.add(path);
    return null;
  };
  for (const path of importsBy.keys()) {
    const circle = walk(path, []);
    if (circle) return circle;
  }
  return null;
}

Deno.test(`rooms: no folder holds more than ${MOST_FILES} TypeScript files`, async () => {
  const counts = new Map<string, number>();
  for (const folder of ["src/", "dashboards/", "tests/", "bench/"]) {
    for await (const { path } of modulesIn(folder)) {
      const inside = path.slice(0, path.lastIndexOf("/") + 1);
      counts.set(inside, (counts.get(inside) ?? 0) + 1);
    }
  }
  for (const [folder, count] of counts) {
    assert(count <= MOST_FILES, `${folder} holds ${count} files`);
  }
});

Deno.test("rooms: command line and dashboards import from mod.ts, apart from the listed folders", async () => {
  for (const [folder, allowed] of Object.entries(CALLERS)) {
    for await (const { path, imports } of modulesIn(folder)) {
      for (const target of imports.filter((name) => /^(src|dashboards)\//.test(name))) {
        const fine = target === "src/mod.ts" || target === "src/types.ts" ||
          target === "src/input_error.ts" ||
          allowed.some((prefix) => target.startsWith(prefix));
        assert(fine, `${path} imports ${target}, not src/mod.ts`);
      }
    }
  }
});

Deno.test("rooms: in src, only src/onnx imports onnxruntime", async () => {
  for await (const { path, imports } of modulesIn("src/")) {
    if (path.startsWith("src/onnx/")) continue;
    assert(!imports.some((name) => name.includes("onnxruntime")), path);
  }
});

Deno.test("rooms: the rooms that the page imports use neither Deno nor Node", async () => {
  for (const room of PURE) {
    for await (const { path, text } of modulesIn(`src/${room}/`)) {
      assert(!/\bDeno\.|"node:/.test(text), path);
    }
  }
});

Deno.test("rooms: code that scores films in a browser uses Deno and Node only through the replaceable files", async () => {
  const doors: Readonly<Record<string, string>> = DOORS, seen = new Set<string>();
  const waiting = ["src/browser.ts", "dashboards/site/scoring_worker.ts"];
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = withoutComments(await Deno.readTextFile(new URL(path, ROOT)));
    assert(!/\bDeno\.|"node:/.test(text), `${path} is bundled for browsers`);
    for (const name of importsOf(path, text.replace(/^import type .*$/gm, ""))) {
      if (/^(src|dashboards)\//.test(name) && name.endsWith(".ts")) waiting.push(doors[name] ?? name);
    }
  }
  assert(seen.size > 80, `only ${seen.size} modules were read`);
  for (const door of Object.keys(doors)) {
    assert(!seen.has(door), `${door} must be replaced in the browser bundle`);
  }
});

Deno.test("rooms: src calls neither Math.random nor crypto.randomUUID, so random numbers need a seeded generator", async () => {
  for await (const { path, text } of modulesIn("src/")) {
    assert(
      !/\bMath\.random\b|crypto\.randomUUID/.test(text),
      `${path} must not call Math.random; take a seeded generator as a parameter`,
    );
  }
});

Deno.test("rooms: every folder of src is a room, and no file is called utils", async () => {
  const folders = [...Deno.readDirSync(new URL("src/", ROOT))].filter((entry) => entry.isDirectory);
  assertEquals(folders.map((entry) => entry.name).sort(), Object.keys(ROOMS).sort());
  for await (const { path } of modulesIn("src/")) assert(!/\/utils?\.ts$/.test(path), path);
});

Deno.test("rooms: src/README.md says what lies in every folder of src and of src/study, and names no other", async () => {
  const text = await Deno.readTextFile(new URL("src/README.md", ROOT));
  const named = [...text.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, folder]) => folder)
  );
  const folders = (at: string) =>
    [...Deno.readDirSync(new URL(at, ROOT))].filter((entry) => entry.isDirectory).map(({ name }) => name);
  const expected = [...folders("src/"), ...folders("src/study/").map((name) => `study/${name}`)];
  assertEquals(named.sort(), expected.sort());
});
