/**
 * Prints the measures on real films as the model card's table, in Markdown, from the results of two benchmarks:
 *
 *   deno task bench bench/segmentation/real_films.ts --json real_films.json
 *   deno task bench bench/phantom/realism.ts --json realism.json
 *   deno task -q bench bench/segmentation/card_table.ts real_films.json [realism.json]
 *
 * See `bench/labelled_films/real_films_result.ts` for the contents of the files.
 */
import { cardTable } from "../labelled_films/card_table.ts";

const [films, realism] = await Promise.all(
  Deno.args.slice(0, 2).map(async (path) => JSON.parse(await Deno.readTextFile(path))),
);
if (!films) {
  throw new RangeError(
    "A file must be given: the one written by bench/segmentation/real_films.ts --json and, if there is one, that of bench/phantom/realism.ts --json",
  );
}
console.log(cardTable(films, realism));
