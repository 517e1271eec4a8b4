import { unzipSync } from "fflate";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type ServedPage, servePage } from "../../dashboards/serve_page.ts";
import { exportDicom, fileStudyCohort, openDicomExport, runStudy, type StudyCohort } from "../../src/mod.ts";
import { sampleStudy } from "./sample_study.ts";
import { TOKEN, writeToyCohort, writeToyModels } from "../study/toy_models.ts";

interface At {
  readonly folder: string;
  readonly study: string;
  readonly cohort: StudyCohort;
  readonly base: string;
  readonly token: string;
  ask(init?: RequestInit): Promise<Response>;
  post(film: unknown): Promise<Response>;
}

/** Makes a study of toy films, serves it and calls `run`. */
async function served(run: (at: At) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  let page: ServedPage | null = null;
  try {
    await writeToyModels(`${folder}/models`);
    const cohort = await fileStudyCohort(await writeToyCohort(folder)), study = `${folder}/study`;
    await runStudy(cohort, { out: study, models: `${folder}/models`, device: "cpu" });
    page = await servePage({ studyDir: study, port: 0, dicom: () => openDicomExport(study, { cohort }) });
    const { origin: base, hash } = new URL(page.url), token = hash.slice("#token=".length);
    const ask = (init: RequestInit = {}) =>
      fetch(`${base}/api/dicom`, { ...init, headers: { origin: base, "x-token": token, ...init.headers } });
    const post = (film: unknown) => ask({ method: "POST", body: JSON.stringify({ film }) });
    await run({ folder, study, cohort, base, token, ask, post });
  } finally {
    await page?.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the DICOM endpoint of a served study", async (t) => {
  await served(async (at) => {
    await t.step(
      "returns the same bytes as exportDicom, and only to requests with the page's token and the right origin",
      () => sameAsExport(at),
    );
    await t.step(
      "reports a film that is unknown, missing, damaged or different with reason and fix, and continues",
      () => badFilms(at),
    );
  });
});

async function sameAsExport({ folder, study, cohort, base, token, ask, post }: At): Promise<void> {
  const out = `${folder}/out`, { films } = await exportDicom(study, { out, cohort });
  const listed = await (await ask()).json();
  assertEquals(listed, { films: films.map(({ film }) => film) });
  for (const { film, files } of films.slice(0, 2)) {
    const answer = await post(film);
    assertEquals([answer.status, answer.headers.get("content-type")], [200, "application/zip"]);
    const objects = unzipSync(await answer.bytes());
    assertEquals(Object.keys(objects), files);
    for (const name of files) assertEquals(objects[name], await Deno.readFile(`${out}/${name}`), name);
    assert(!new TextDecoder("latin1").decode(objects[files[2]]).includes(TOKEN));
  }

  const body = JSON.stringify({ film: films[0].film });
  const refusals: [number, RequestInit][] = [
    [401, { headers: { "x-token": `${token}x` } }],
    [401, { method: "POST", body, headers: { "x-token": "" } }],
    [403, { method: "POST", body, headers: { origin: "http://evil.example" } }],
    [403, { headers: { "sec-fetch-site": "cross-site" } }],
    [405, { method: "PUT", body }],
    [413, { method: "POST", body: " ".repeat(5000) }],
    [400, { method: "POST", body: "{" }],
    [400, { method: "POST", body: '{"film":1}' }],
  ];
  for (const [status, init] of refusals) {
    const answer = await ask(init);
    assertEquals(answer.status, status, JSON.stringify(init.headers ?? init.body));
    assert(!(await answer.text()).includes(films[0].film));
  }
  const bare = await fetch(`${base}/api/dicom`, { method: "POST", body, headers: { "x-token": token } });
  assertEquals(bare.status, 403, "without an origin");
  await bare.body?.cancel();
}

async function badFilms({ study, cohort, ask, post }: At): Promise<void> {
  const { films } = await (await ask()).json() as { films: string[] };
  const pathOf = (film: string) => {
    const { source } = cohort.jobs.find((job) => job.film === film)!;
    return source.kind === "file" ? source.path : "";
  };
  const [gone, damaged, other, sound] = films;
  await Deno.remove(pathOf(gone));
  await Deno.writeFile(pathOf(damaged), (await Deno.readFile(pathOf(damaged))).subarray(0, 3000));
  await Deno.copyFile(`${study}/${await anyCrop(study)}`, pathOf(other));
  const answerTo = async (film: string) => {
    const answer = await post(film), text = await answer.text();
    assert(!text.includes(TOKEN) && !text.includes(study), text);
    return [answer.status, JSON.parse(text).error];
  };
  const [status, error] = await answerTo("../../etc/passwd");
  assertEquals([status, error.code], [404, "no-such-film"]);
  for (
    const [film, code, words] of [
      [gone, "not-found", "it does not exist"],
      [damaged, "truncated", "Cannot read"],
      [other, "not-exported", "not the one that was measured"],
    ]
  ) {
    const [status, error] = await answerTo(film);
    assertEquals([status, error.code], [422, code], error.message);
    assertStringIncludes(error.message, words);
    assert(error.fix !== "", code);
  }
  const whole = await post(sound);
  assertEquals(Object.keys(unzipSync(await whole.bytes())).length, 3);
}

Deno.test("a study that is unfinished, lacks its cohort file or has no outlines is reported; the study is read again at the next request, so the message is up to date with the files", async () => {
  const folder = await Deno.makeTempDir();
  await sampleStudy(folder, { heads: 60, d: 4, pictures: 0, sizePx: 16 });
  const page = await servePage({ studyDir: folder, port: 0, dicom: () => openDicomExport(folder) });
  const without = await servePage({ studyDir: folder, port: 0 });
  try {
    const ask = async ({ url }: ServedPage) => {
      const { origin, hash } = new URL(url);
      const answer = await fetch(`${origin}/api/dicom`, { headers: { "x-token": hash.slice(7) } });
      return [answer.status, await answer.text()] as const;
    };
    const record = JSON.parse(await Deno.readTextFile(`${folder}/study.json`));
    const write = (change: object) =>
      Deno.writeTextFile(`${folder}/study.json`, JSON.stringify({ ...record, ...change }));
    const cohort = { ...record.cohort, name: "small phantom, seed 1" };
    for (
      const [change, words] of [
        [{ hashes: undefined }, "finished study"],
        [{ cohort: { ...cohort, kind: "cohort" } }, "--cohort FILE"],
        [{ cohort }, "it has no masks.json; run the study again"],
      ] as const
    ) {
      await write(change);
      const [status, text] = await ask(page);
      assertEquals(status, 422, text);
      assertStringIncludes(JSON.parse(text).error.message, words);
    }
    await Deno.writeTextFile(`${folder}/masks.json`, JSON.stringify({ heads: {} }));
    assertStringIncludes((await ask(page))[1], "none of its heads has an outline");
    assertEquals(await ask(without), [404, "nothing here"]);
  } finally {
    await Promise.all([page.shutdown(), without.shutdown()]);
    await Deno.remove(folder, { recursive: true });
  }
});

async function anyCrop(study: string): Promise<string> {
  for await (const { name } of Deno.readDir(`${study}/crops`)) return `crops/${name}`;
  throw new Error("no crop");
}
