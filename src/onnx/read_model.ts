import { fromBinary } from "@bufbuild/protobuf";
import { type GraphProto, ModelProtoSchema, type TensorProto, TensorProto_DataType } from "onnx-buf";
import { ModelIntegrityError } from "./model_integrity_error.ts";

/**
 * Parses a model and checks that it is complete: the protobuf is valid, there is a graph with nodes and outputs, and no
 * float32 weight is NaN or infinite.
 *
 * @throws {ModelIntegrityError} if one of these checks fails.
 */
export function readModel(bytes: Uint8Array): GraphProto {
  let graph: GraphProto | undefined;
  try {
    graph = fromBinary(ModelProtoSchema, bytes).graph;
  } catch (cause) {
    throw new ModelIntegrityError(
      `Cannot read the model: its ${bytes.length} bytes are not a whole ONNX file (truncated?)`,
      { cause },
    );
  }
  if (!graph || graph.node.length === 0 || graph.output.length === 0) {
    throw new ModelIntegrityError(
      `Cannot read the model: an ONNX file must hold a graph with nodes and outputs, got none in ${bytes.length} bytes`,
    );
  }
  for (const weight of graph.initializer) requireFinite(weight);
  return graph;
}

function requireFinite(weight: TensorProto): void {
  if (weight.dataType !== TensorProto_DataType.FLOAT) return;
  const raw = weight.rawData;
  const values = raw.length > 0 ? new Float32Array(raw.slice().buffer) : weight.floatData;
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new ModelIntegrityError(
      `Cannot use the model: weights must be finite numbers, got ${
        values[at]
      } at index ${at} of "${weight.name}"`,
    );
  }
}
