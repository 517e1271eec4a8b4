import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import * as onnx from "onnx-buf";

/** Range of a tensor's values on the calibration images. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const { TensorProto_DataType: DataType, AttributeProto_AttributeType: AttributeType } = onnx;

/**
 * The encoder with its convolutions and its linear layer in 8 bits. Batch norms are folded into the convolutions.
 * Weights are symmetric with one scale per output channel, activations have one scale and zero point each, from the
 * ranges measured by `calibrate` (Jacob et al. 2018, arXiv 1712.05877). Quantised tensors are written as pairs of
 * QuantizeLinear and DequantizeLinear, which onnxruntime converts to integer kernels. Every weight must be used by one
 * node only.
 *
 * @param calibrate Runs a model with the named tensors as additional outputs, and returns the range of each.
 */
export async function quantiseEncoder(
  bytes: Uint8Array,
  calibrate: (bytes: Uint8Array, names: readonly string[]) => Promise<ReadonlyMap<string, Range>>,
): Promise<Uint8Array> {
  const model = fromBinary(onnx.ModelProtoSchema, bytes), graph = model.graph!;
  const constants = new Map(graph.initializer.map((each) => [each.name, floats(each)]));
  const dims = new Map(graph.initializer.map((each) => [each.name, each.dims.map(Number)]));
  const folded = foldBatchNorms(graph.node, constants);
  const seen = folded.filter((node) => ["AveragePool", "Conv", "LeakyRelu"].includes(node.opType))
    .map((node) => node.output[0]);
  const ranges = await calibrate(watched(), seen);
  const nodes: onnx.NodeProto[] = [], added: onnx.TensorProto[] = [];
  const renamed = new Map<string, string>(), scaleOf = new Map<string, number>();
  for (const node of folded) {
    const [x, weight, bias] = node.input;
    node.input = node.input.map((name) => renamed.get(name) ?? name);
    // The rotation of the latent vector at the end is small and stays in float32.
    if ((node.opType === "Conv" || node.opType === "Gemm") && scaleOf.has(x)) {
      const scales = quantiseWeight(weight);
      node.input[1] = `${weight}_dq`;
      if (bias) {
        quantiseBias(bias, scales.map((each) => each * scaleOf.get(x)!));
        node.input[2] = `${bias}_dq`;
      }
    }
    nodes.push(node);
    const out = node.output[0], from = node.opType === "Reshape" ? node.input[0] : null;
    if (from !== null) scaleOf.set(out, scaleOf.get(from.replace(/_dq$/, ""))!);
    if (!ranges.has(out)) continue;
    // Zero must be exactly representable, because borders are padded with it.
    const low = Math.min(0, ranges.get(out)!.low), high = Math.max(0, ranges.get(out)!.high);
    const scale = (high - low) / 255 || 1;
    scaleOf.set(out, scale);
    added.push(tensor(`${out}_scale`, [], Float32Array.of(scale), DataType.FLOAT));
    added.push(tensor(`${out}_zero`, [], Uint8Array.of(Math.round(-low / scale)), DataType.UINT8));
    const parameters = [`${out}_scale`, `${out}_zero`];
    nodes.push(plain("QuantizeLinear", [out, ...parameters], `${out}_q`));
    nodes.push(plain("DequantizeLinear", [`${out}_q`, ...parameters], `${out}_dq`));
    renamed.set(out, `${out}_dq`);
  }
  const used = new Set(nodes.flatMap((node) => node.input));
  graph.node = nodes;
  graph.initializer = [...graph.initializer, ...added].filter((each) => used.has(each.name));
  return toBinary(onnx.ModelProtoSchema, model);

  /** The folded model with every activation as an additional output. */
  function watched(): Uint8Array {
    const kept = graph.output;
    const initializer = [...constants].map(([name, values]) =>
      values ? tensor(name, dims.get(name) ?? [values.length], values, DataType.FLOAT) : null
    );
    const rest = graph.initializer.filter((each) => constants.get(each.name) === null);
    const whole = create(onnx.ModelProtoSchema, {
      ...{ irVersion: model.irVersion, opsetImport: model.opsetImport },
      graph: create(onnx.GraphProtoSchema, {
        ...{ name: "watched", node: folded, input: graph.input },
        initializer: [...initializer.filter((each) => each !== null), ...rest],
        output: [
          ...kept,
          ...seen.map((name) => create(onnx.ValueInfoProtoSchema, { name, type: kept[0].type })),
        ],
      }),
    });
    whole.graph!.output.slice(kept.length).forEach((each) => each.type = anyFloats());
    return toBinary(onnx.ModelProtoSchema, whole);
  }

  /** Signed 8 bits, symmetric, with one scale per row. */
  function quantiseWeight(name: string): number[] {
    const values = constants.get(name)!, rows = dims.get(name)![0], row = values.length / rows;
    const scales = Array.from({ length: rows }, (_, r) => {
      let most = 0;
      for (let k = 0; k < row; k++) most = Math.max(most, Math.abs(values[r * row + k]));
      return most / 127 || 1;
    });
    const whole = Int8Array.from(values, (value, k) => Math.round(value / scales[Math.floor(k / row)]));
    added.push(
      tensor(`${name}_8`, dims.get(name)!, new Uint8Array(whole.buffer), DataType.INT8),
      tensor(`${name}_scale`, [rows], Float32Array.from(scales), DataType.FLOAT),
      tensor(`${name}_zero`, [rows], new Uint8Array(rows), DataType.INT8),
    );
    nodes.push(plain("DequantizeLinear", [`${name}_8`, `${name}_scale`, `${name}_zero`], `${name}_dq`, 0));
    return scales;
  }

  function quantiseBias(name: string, scales: readonly number[]): void {
    const whole = Int32Array.from(constants.get(name)!, (value, r) => Math.round(value / scales[r]));
    added.push(
      tensor(`${name}_32`, [whole.length], new Uint8Array(whole.buffer), DataType.INT32),
      tensor(`${name}_scale`, [whole.length], Float32Array.from(scales), DataType.FLOAT),
    );
    nodes.push(plain("DequantizeLinear", [`${name}_32`, `${name}_scale`], `${name}_dq`, 0));
  }
}

/**
 * Folds a batch norm into a convolution: weights times gain / sd, bias shift - mean gain / sd. Adds the new constants.
 */
function foldBatchNorms(nodes: readonly onnx.NodeProto[], constants: Map<string, Float32Array | null>) {
  const folded: onnx.NodeProto[] = [];
  for (const node of nodes) {
    const before = folded.at(-1);
    if (node.opType !== "BatchNormalization" || before?.opType !== "Conv") {
      folded.push(node);
      continue;
    }
    const [gain, shift, mean, variance] = node.input.slice(1, 5).map((name) => constants.get(name)!);
    const epsilon = node.attribute.find(({ name }) => name === "epsilon")?.f ?? 1e-5;
    const factor = gain.map((value, c) => value / Math.sqrt(variance[c] + epsilon));
    const weight = constants.get(before.input[1])!, row = weight.length / factor.length;
    constants.set(before.input[1], weight.map((value, k) => value * factor[Math.floor(k / row)]));
    const bias = `${before.output[0]}_bias`;
    constants.set(bias, shift.map((value, c) => value - mean[c] * factor[c]));
    before.input = [before.input[0], before.input[1], bias];
    before.output = node.output;
  }
  return folded;
}

function floats({ dataType, rawData, floatData }: onnx.TensorProto): Float32Array | null {
  if (dataType !== DataType.FLOAT) return null;
  return rawData.length > 0 ? new Float32Array(rawData.slice().buffer) : Float32Array.from(floatData);
}

function tensor(name: string, dims: readonly number[], data: Float32Array | Uint8Array, dataType: number) {
  const rawData = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  return create(onnx.TensorProtoSchema, { name, dims: dims.map(BigInt), dataType, rawData });
}

function plain(opType: string, input: string[], output: string, axis?: number): onnx.NodeProto {
  const attribute = axis === undefined
    ? []
    : [create(onnx.AttributeProtoSchema, { name: "axis", type: AttributeType.INT, i: BigInt(axis) })];
  return create(onnx.NodeProtoSchema, { opType, name: output, input, output: [output], attribute });
}

/** A float tensor of unspecified shape. */
function anyFloats(): onnx.TypeProto {
  const value = create(onnx.TypeProto_TensorSchema, { elemType: DataType.FLOAT });
  return create(onnx.TypeProtoSchema, { value: { case: "tensorType", value } });
}
