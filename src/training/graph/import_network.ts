import { readModel } from "../../onnx/read_model.ts";
import type { TrainedNetwork } from "./export_network.ts";
import { nextSlot, type Slot } from "./layout.ts";

/** ONNX's number for float32. */
const FLOAT = 1;

/**
 * The arrays of a network that `exportNetwork` wrote, by name, so that a training can start from them.
 *
 * @throws {ModelIntegrityError} if the bytes are no whole model.
 */
export function importNetwork(bytes: Uint8Array): TrainedNetwork {
  const arrays = readModel(bytes).initializer.filter(({ dataType }) => dataType === FLOAT);
  const slots: Slot[] = [];
  for (const { name, dims } of arrays) slots.push(nextSlot(slots, { name, shape: dims.map(Number) }));
  const values = new Float32Array(
    arrays.flatMap(({ rawData }) => [...new Float32Array(rawData.slice().buffer)]),
  );
  // Weights and running statistics are constants alike: both are looked up in the same vector.
  return { layout: { parameters: slots, statistics: slots }, parameters: values, statistics: values };
}
