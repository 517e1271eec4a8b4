import type { Buffers, Recipe, RecipeFunction } from "./recipe.ts";

/**
 * Imports a recipe's module and creates the recipe.
 *
 * @throws {TypeError} if the module does not export a function `recipe`.
 */
export async function loadRecipe(
  { recipe, settings, buffers }: { recipe: string; settings: unknown; buffers: Buffers },
): Promise<Recipe> {
  const { recipe: make } = await import(recipe) as { recipe?: RecipeFunction };
  if (typeof make === "function") return await make(settings as never, buffers);
  throw new TypeError(
    `Cannot train: the module ${recipe} must export a function "recipe", got ${typeof make}`,
  );
}
