import { assertClose, assertEquals, assertRejects } from "@std/assert";
import { outlineAt } from "../../src/segmentation/outline_at.ts";
import { discFilm, LEFT, PLAN, READS_GREY, RIGHT } from "./disc_film.ts";

const LOOK = { unet: READS_GREY, plan: PLAN };

// The substitute network derives the side from the grey value. In a window with RIGHT alone, grey values are scaled so
// that it looks like a left head; this contradicts the prediction on the whole film, so the head's side is unknown.
Deno.test("a point near a head's centre gives that head, with its side or `unknown` if predictions disagree", async () => {
  for (const [disc, side] of [[RIGHT, "unknown"], [LEFT, "left"]] as const) {
    const [x, y, radius] = disc;
    const { heads, quality } = await outlineAt(discFilm([LEFT, RIGHT]), [x + 12, y - 9], LOOK);
    assertEquals([heads.length, heads[0].side, quality], [1, side, []]);
    assertClose(heads[0].centerPx, [x, y], { absolute: 1.5, relative: 0 });
    assertClose(heads[0].radiusPx, radius, { relative: 0.05 });
  }
});

Deno.test("a point away from every head gives no head, a point outside the film an error", async () => {
  const { heads, quality } = await outlineAt(discFilm([LEFT, RIGHT]), [60, 60], LOOK);
  assertEquals([heads.length, quality], [0, ["no-head"]]);
  await assertRejects(() => outlineAt(discFilm([LEFT]), [800, 10], LOOK), RangeError, "800 x 600 pixels");
  await assertRejects(() => outlineAt(discFilm([LEFT]), [NaN, 10], LOOK), RangeError, "must lie on the film");
});

Deno.test("the film's remarks and pixel aspect are reported with and without a head", async () => {
  const film = { ...discFilm([LEFT, RIGHT]), remarks: ["colour"], pixelAspect: 1.5 };
  for (
    const [point, codes] of [[[LEFT[0], LEFT[1]], ["colour"]], [[60, 60], ["no-head", "colour"]]] as const
  ) {
    const { quality, pixelAspect } = await outlineAt(film, point, LOOK);
    assertEquals([quality, pixelAspect], [[...codes], 1.5]);
  }
});

Deno.test("the head at the point is found on a negative too", async () => {
  const { heads, quality } = await outlineAt(
    discFilm([LEFT, RIGHT], { inverted: true }),
    [LEFT[0], LEFT[1]],
    LOOK,
  );
  assertEquals([heads.length, quality], [1, ["inverted"]]);
  assertClose(heads[0].centerPx, [LEFT[0], LEFT[1]], { absolute: 1.5, relative: 0 });
});
