import { readModel } from "../../onnx/read_model.ts";
import type { TrainedNetwork } from "./export_network.ts";
import { nextSlot, type Slot } from "./layout.ts";

/** ONNX's number for float32. */
const FLOAT = 1;

/**
 * Reads the arrays of a network written by `exportNetwork`, by name, so that training can start from them.
 *
 * @throws {ModelIntegrityError} if the bytes are not a complete model.
 */
export function importNetwork(bytes: Uint8Array): TrainedNetwork {
  const arrays = readModel(bytes).initializer.filter(({ dataType }) => dataType === FLOAT);
  const slots: Slot[] = [];
  for (const { name, dims } of arrays) slots.push(nextSlot(slots, { name, shape: dims.map(Number) }));
  const values = new Float32Array(
    arrays.flatMap(({ rawData }) => [...new Float32Array(rawData.slice().buffer)]),
  );
  // Weights and running statistics are both constants in the file, so both are looked up in the same vector.
  return { layout: { parameters: slots, statistics: slots }, parameters: values, statistics: values };
}
