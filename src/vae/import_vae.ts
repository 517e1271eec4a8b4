import type { TrainedNetwork } from "../training/graph/export_network.ts";
import { importNetwork } from "../training/graph/import_network.ts";
import { lengthOf } from "../training/graph/layout.ts";
import type { VaeModels } from "./export_vae.ts";

/**
 * The trained arrays of both halves, as a training takes them to start from. A change of coordinates at their ends (see `findCodeBasis`)
 * is no trained array and plays no part.
 *
 * @throws {ModelIntegrityError} if the bytes are no whole models.
 */
export function importVae({ encoder, decoder }: VaeModels): TrainedNetwork {
  const parts = [encoder, decoder].map((bytes) => importNetwork(bytes));
  const [first, second] = parts.map(({ layout }) => layout.parameters), shift = lengthOf(first);
  const slots = [...first, ...second.map((slot) => ({ ...slot, offset: slot.offset + shift }))];
  const values = Float32Array.from([...parts[0].parameters, ...parts[1].parameters]);
  return { layout: { parameters: slots, statistics: slots }, parameters: values, statistics: values };
}
