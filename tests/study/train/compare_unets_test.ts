import { assert, assertClose, assertEquals } from "@std/assert";
import { matchOutlines, type OutlineComparison, verdict } from "../../../src/study/train/compare_unets.ts";

function box(x: number, size = 10) {
  return { boxPx: { x, y: 0, width: size, height: size }, mask: new Uint8Array(size * size).fill(1) };
}

/** The comparison of two networks, given the IoU of their heads. */
function compared(before: number[], after: number[], falseHeads = [0, 0]): OutlineComparison {
  const scores = (ious: number[], lost: number) => ({
    shareAt75: ious.filter((iou) => iou >= 0.75).length / ious.length,
    meanIou: ious.reduce((a, b) => a + b, 0) / ious.length,
    cappedIou: ious.reduce((a, b) => a + Math.min(0.9, b), 0) / ious.length,
    ...{ missed: 0, falseHeads: lost },
  });
  return {
    films: before.length,
    heads: before.map((_, i) => ({ row: i + 1, side: "left", before: before[i], after: after[i] })),
    before: scores(before, falseHeads[0]),
    after: scores(after, falseHeads[1]),
  };
}

Deno.test("matchOutlines: an outline matches one head; missed heads count 0, unmatched outlines are false", () => {
  const { ious, falseHeads } = matchOutlines([box(0), box(2), box(100)], [box(1), box(50)]);
  assertClose(ious[0], 9 / 11);
  assertEquals([ious[1], falseHeads], [0, 2]);
  assertEquals(matchOutlines([], [box(1)]), { ious: [0], falseHeads: 0 });
});

Deno.test("verdict: a network with better outlines is accepted; anything that got worse counts against it", () => {
  assert(verdict(compared([0.5, 0.8], [0.8, 0.85]), null).better);
  const worse = (comparison: OutlineComparison, synthetic: OutlineComparison | null, reason: RegExp) => {
    const said = verdict(comparison, synthetic);
    assert(!said.better && reason.test(said.reason), said.reason);
  };
  worse(compared([0.5, 0.8], [0.7, 0.74]), null, /fewer/);
  worse(compared([0.5, 0.8], [0.8, 0.85], [0, 1]), null, /more outlines than before do not belong to a head/);
  worse(compared([0.8, 0.8], [0.8, 0.8]), null, /did not get better/);
  worse(compared([], []), null, /no head was left out/);
  worse(compared([0.5], [0.8]), compared([0.9], [0.87]), /synthetic/);
  assert(verdict(compared([0.5], [0.8]), compared([0.9], [0.89])).better);
  // If the reader accepted the old network's outline unchanged, its IoU is 1. This must not count in its favour.
  assert(verdict(compared([1, 0.5], [0.92, 0.6]), null).better);
});
