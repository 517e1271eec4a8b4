import { create, toBinary } from "@bufbuild/protobuf";
import * as onnx from "onnx-buf";

/** An attribute of a node. Plain numbers are integers; `{ float }` and `{ floats }` mark floats. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly graph: GraphParts };

/** One ONNX node with the names of its inputs and outputs. An empty name is an omitted input. */
export interface OnnxNode {
  /** "Conv", or "com.microsoft.nchwc:Conv" for an operator of another domain than ONNX's own. */
  readonly op: string;
  inputs: string[];
  outputs: string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Element types that our graphs use. */
export type ElementType = "float32" | "int64" | "bool";

/** A named constant inside the model. */
export interface Initializer {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** Name, shape and type of an input or output. A string in `dims` is a variable size. */
export interface Port {
  readonly name: string;
  readonly dims: readonly (number | string)[];
  readonly type?: ElementType;
}

/** The parts of an ONNX graph. */
export interface GraphParts {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly initializers: readonly Initializer[];
}

const { TensorProto_DataType: DataType, AttributeProto_AttributeType: AttributeType } = onnx;
const ELEMENT = { float32: DataType.FLOAT, int64: DataType.INT64, bool: DataType.BOOL } as const;

/** Version of ONNX's own operator set. In this version reductions take their axes as an input, not as an attribute. */
const OPSET = 18n;

/** Writes a graph as the bytes of an ONNX file. The same parts give the same bytes. */
export function encodeModel(parts: GraphParts): Uint8Array<ArrayBuffer> {
  const domains = new Set(nodesOf(parts).map(({ op }) => domainOf(op)).filter((domain) => domain !== ""));
  const model = create(onnx.ModelProtoSchema, {
    irVersion: 9n,
    producerName: "caput",
    opsetImport: [["", OPSET] as const, ...[...domains].map((domain) => [domain, 1n] as const)].map((
      [domain, version],
    ) => create(onnx.OperatorSetIdProtoSchema, { domain, version })),
    graph: encodeGraph(parts),
  });
  return toBinary(onnx.ModelProtoSchema, model);
}

/** All nodes, including those of nested graphs. */
function nodesOf({ nodes }: GraphParts): OnnxNode[] {
  return nodes.flatMap((node) => [
    node,
    ...Object.values(node.attributes).flatMap((value) =>
      typeof value === "object" && "graph" in value ? nodesOf(value.graph) : []
    ),
  ]);
}

function domainOf(op: string): string {
  return op.slice(0, Math.max(0, op.indexOf(":")));
}

function encodeGraph(parts: GraphParts): onnx.GraphProto {
  return create(onnx.GraphProtoSchema, {
    name: parts.name,
    node: parts.nodes.map((node, k) =>
      create(onnx.NodeProtoSchema, {
        domain: domainOf(node.op),
        opType: node.op.replace(/.*:/, ""),
        name: `${node.op.replace(/.*:/, "")}_${k}`,
        input: node.inputs,
        output: node.outputs,
        attribute: Object.entries(node.attributes).map(([name, value]) => encodeAttribute(name, value)),
      })
    ),
    input: parts.inputs.map(encodePort),
    output: parts.outputs.map(encodePort),
    initializer: parts.initializers.map(encodeInitializer),
  });
}

function encodeAttribute(name: string, value: Attribute): onnx.AttributeProto {
  const made = create(onnx.AttributeProtoSchema, { name });
  if (typeof value === "number") return Object.assign(made, { type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === "string") {
    return Object.assign(made, { type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  }
  if ("float" in value) return Object.assign(made, { type: AttributeType.FLOAT, f: value.float });
  if ("floats" in value) {
    return Object.assign(made, { type: AttributeType.FLOATS, floats: [...value.floats] });
  }
  if ("graph" in value) {
    return Object.assign(made, { type: AttributeType.GRAPH, g: encodeGraph(value.graph) });
  }
  return Object.assign(made, { type: AttributeType.INTS, ints: value.map((v) => BigInt(v)) });
}

function encodePort({ name, dims, type = "float32" }: Port): onnx.ValueInfoProto {
  const dim = dims.map((size) =>
    create(onnx.TensorShapeProto_DimensionSchema, {
      value: typeof size === "number"
        ? { case: "dimValue", value: BigInt(size) }
        : { case: "dimParam", value: size },
    })
  );
  const tensor = create(onnx.TypeProto_TensorSchema, {
    elemType: ELEMENT[type],
    shape: create(onnx.TensorShapeProtoSchema, { dim }),
  });
  return create(onnx.ValueInfoProtoSchema, {
    name,
    type: create(onnx.TypeProtoSchema, { value: { case: "tensorType", value: tensor } }),
  });
}

function encodeInitializer({ name, dims, data }: Initializer): onnx.TensorProto {
  return create(onnx.TensorProtoSchema, {
    name,
    dims: dims.map(BigInt),
    dataType: data instanceof Float32Array ? DataType.FLOAT : DataType.INT64,
    rawData: new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength),
  });
}
