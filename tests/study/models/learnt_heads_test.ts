import { assert, assertEquals } from "@std/assert";
import { learntHeads, withoutLearnt } from "../../../src/study/models/learnt_heads.ts";
import type { Split } from "../../../src/types.ts";

const head = (patient: string, film: string, split: Split) => ({ patient, film, split });
const pixels = { f1: "11", f2: "22", f3: "33", f4: "44" };

Deno.test("learntHeads: patients and films of training and validation heads, as shortened hashes", () => {
  const learnt = learntHeads(
    [
      head("p1", "f1", "train"),
      head("p1", "f1", "train"),
      head("p2", "f2", "validation"),
      head("p3", "f3", "held-out"),
    ],
    { pixels, keyed: true },
  );
  assertEquals([learnt.patients.length, learnt.films.length], [2, 2]);
  assert([...learnt.patients, ...learnt.films].every((id) => /^[0-9a-f]{12}$/.test(id)));
  assert(!JSON.stringify(learnt).includes("p1"));
});

Deno.test("withoutLearnt: held-out heads of a patient with a known id or film become training heads", () => {
  const learnt = learntHeads([head("p1", "f1", "train"), head("old id", "f2", "validation")], {
    pixels,
    keyed: true,
  });
  const { heads, notes } = withoutLearnt([
    head("p1", "f3", "held-out"), // known patient, new film
    head("new id", "f2", "held-out"), // known film under another id
    head("new id", "f4", "held-out"), // the other hip of that patient
    head("p5", "f5", "held-out"), // new, and its film could not be hashed
    head("p6", "f6", "train"),
  ], { learnt, pixels });
  assertEquals(heads.map(({ split }) => split), ["train", "train", "train", "held-out", "train"]);
  assert(notes[0].startsWith("The models learnt from the patients or films of 3 held-out heads"), notes[0]);
});

Deno.test("withoutLearnt: a new cohort is unchanged", () => {
  const learnt = learntHeads([head("p1", "f1", "train")], { pixels, keyed: true }),
    own = [head("p2", "f2", "held-out")];
  assertEquals(withoutLearnt(own, { learnt, pixels }), { heads: own, notes: [] });
});

Deno.test("learntHeads: patients of a synthetic cohort are not listed, because other cohorts use the same ids", () => {
  const learnt = learntHeads([head("p1", "f1", "train")], { pixels, keyed: false });
  assertEquals([learnt.patients.length, learnt.films.length], [0, 1]);
});
