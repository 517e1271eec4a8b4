import type { TrainedNetwork } from "../training/graph/export_network.ts";
import { importNetwork } from "../training/graph/import_network.ts";
import { lengthOf } from "../training/graph/layout.ts";
import type { VaeModels } from "./export_vae.ts";

/**
 * Reads the trained parameters of encoder and decoder, so that training can start from them. The change of coordinates
 * at the encoder's end and the decoder's start (see `findCodeBasis`) is not a trained parameter and is ignored.
 *
 * @throws {ModelIntegrityError} if the bytes are not complete models.
 */
export function importVae({ encoder, decoder }: VaeModels): TrainedNetwork {
  const parts = [encoder, decoder].map((bytes) => importNetwork(bytes));
  const [first, second] = parts.map(({ layout }) => layout.parameters), shift = lengthOf(first);
  const slots = [...first, ...second.map((slot) => ({ ...slot, offset: slot.offset + shift }))];
  const values = Float32Array.from([...parts[0].parameters, ...parts[1].parameters]);
  return { layout: { parameters: slots, statistics: slots }, parameters: values, statistics: values };
}

/**
 * Covariance of healthy variation that the change of coordinates was computed from (see `findCodeBasis`), in the latent
 * coordinates in which the network was trained; null if the decoder contains no change of coordinates.
 *
 * @throws {ModelIntegrityError} if the bytes are not a complete model.
 */
export function importSpread({ decoder }: Pick<VaeModels, "decoder">): Float64Array | null {
  const { layout, parameters } = importNetwork(decoder);
  const slot = layout.parameters.find(({ name }) => name === "basis.back");
  if (!slot) return null;
  const [d] = slot.shape, back = parameters.subarray(slot.offset, slot.offset + d * d);
  const spread = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += back[i * d + k] * back[j * d + k];
      spread[i * d + j] = spread[j * d + i] = sum;
    }
  }
  return spread;
}
