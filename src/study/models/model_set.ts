import { fromJson } from "../../normative/normative_json.ts";
import { type OpenModel, openModel } from "../../onnx/open_model.ts";
import type { Device, NormativeModel, Plan } from "../../types.ts";
import { type ResidualScale, residualScaleFromBytes } from "../../vae/residual_scale.ts";
import { IntegrityError } from "../../files/integrity_error.ts";
import { type ModelFiles, readModels, SHIPPED_MODELS } from "./read_models.ts";
import { readYardsticks, type Yardsticks } from "./yardsticks.ts";

/** Everything that scoring needs, opened and checked. */
export interface Models {
  /** The plan that training and scoring share. */
  readonly plan: Plan;
  /** sha256 of plan.json. */
  readonly planSha256: string;
  /** U-Net that segments the heads. */
  readonly unet: OpenModel;
  /** Encoder of the autoencoder. */
  readonly encoder: OpenModel;
  /** Decoder of the autoencoder. */
  readonly decoder: OpenModel;
  /** Residual scale: mean and standard deviation at each pixel. */
  readonly residualScale: ResidualScale;
  /** Normative model of healthy heads. */
  readonly normative: NormativeModel;
  /** Scale of the combined score, grade clusters, domain limits and staging model. */
  readonly yardsticks: Yardsticks;
  /** Device that runs the networks. */
  readonly device: Device;
  /** Why this device was chosen. */
  readonly deviceReason: string;
}

/**
 * Normative model, residual scale and calibration of the cohort that the models were trained on. Each of them is used
 * for a cohort that has too few heads for its own.
 */
export interface Fallback {
  readonly normative: NormativeModel;
  readonly residualScale: ResidualScale;
  readonly yardsticks: Yardsticks;
}

/** Names of the files in a models folder that scoring needs besides `plan.json`. */
export const MODEL_FILES = {
  unet: "unet.onnx",
  encoder: "encoder.onnx",
  decoder: "decoder.onnx",
  residualScale: "residual_scale.bin",
  normative: "normative.json",
  yardsticks: "yardsticks.json",
} as const;

/**
 * Parses and checks a JSON file of a models folder.
 *
 * @throws {IntegrityError} if it is damaged; the message names the file.
 */
export function parseModelJson<T>(files: ModelFiles["files"], name: string, read: (json: unknown) => T): T {
  try {
    return read(JSON.parse(new TextDecoder().decode(files[name])));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new IntegrityError(`Cannot use ${name}: ${reason}`, "train the models again", { cause });
  }
}

/**
 * Normative model, residual scale and calibration of a models folder, or null if one of their files was not read.
 *
 * @throws {IntegrityError} if the normative model or the calibration is damaged.
 * @throws {SyntaxError} if the residual scale is damaged.
 */
export function readFallback({ files }: ModelFiles): Fallback | null {
  const names = [MODEL_FILES.normative, MODEL_FILES.yardsticks, MODEL_FILES.residualScale];
  if (!names.every((name) => name in files)) return null;
  return {
    normative: parseModelJson(files, MODEL_FILES.normative, fromJson),
    yardsticks: parseModelJson(files, MODEL_FILES.yardsticks, readYardsticks),
    residualScale: residualScaleFromBytes(files[MODEL_FILES.residualScale]),
  };
}

/** Encoder and decoder, and the device that runs them. */
export type Networks = Pick<Models, "encoder" | "decoder" | "device" | "deviceReason">;

/**
 * Opens encoder and decoder on the same device: with `auto`, the device chosen for the encoder. If a U-Net is among the
 * files, it is opened and closed again, only to check that it can be opened.
 *
 * @throws {ModelIntegrityError} if a network is damaged, or its inputs or outputs are wrong.
 * @throws {DeviceError} if the requested device cannot run the networks.
 * @throws {InputError} if `threads` is not a whole number from 1.
 */
export async function openNetworks(
  { files, plan }: ModelFiles,
  { device = "auto", threads }: { device?: "auto" | Device; threads?: number },
): Promise<Networks> {
  const { sizePx } = plan.crop, { latentSize } = plan.vae;
  const encoder = await openModel(files[MODEL_FILES.encoder], {
    ...{ device, threads },
    inputs: { image: ["n", 1, sizePx, sizePx] },
    outputs: ["mean"],
  });
  const decoder = await openModel(files[MODEL_FILES.decoder], {
    ...{ device: encoder.device, threads },
    inputs: { z: ["n", latentSize] },
    outputs: ["image"],
  });
  const unet = files[MODEL_FILES.unet];
  if (unet) await (await openUnet(unet, { device: encoder.device, threads })).close();
  return { encoder, decoder, device: encoder.device, deviceReason: encoder.reason };
}

/** Opens the segmentation network. @throws as {@linkcode openNetworks}. */
export async function openUnet(
  bytes: Uint8Array,
  { device = "auto", threads }: { device?: "auto" | Device; threads?: number },
): Promise<OpenModel> {
  return await openModel(bytes, {
    ...{ device, threads },
    inputs: { film: ["n", 2, "height", "width"] },
    outputs: ["maps"],
  });
}

/**
 * Opens a models folder for scoring. The hashes of all files that scoring needs are checked before any of them is used.
 *
 * @throws {IntegrityError | ModelIntegrityError} if a file is missing, changed or damaged (exit code 3).
 * @throws {SyntaxError} if the residual scale has the expected hash but is not a residual scale.
 * @throws {DeviceError} if the requested device cannot run the networks (exit code 4).
 * @throws {InputError} if `threads` is not a whole number from 1.
 */
export async function loadModels(
  folder: string = SHIPPED_MODELS,
  { device = "auto", threads }: { device?: "auto" | Device; threads?: number } = {},
): Promise<Models> {
  const read = await readModels(folder, { need: Object.values(MODEL_FILES) });
  const { plan, planSha256, files } = read;
  const normative = parseModelJson(files, MODEL_FILES.normative, fromJson);
  const yardsticks = parseModelJson(files, MODEL_FILES.yardsticks, readYardsticks);
  const residualScale = residualScaleFromBytes(files[MODEL_FILES.residualScale]);
  const networks = await openNetworks(read, { device, threads });
  const unet = await openUnet(files[MODEL_FILES.unet], { device: networks.device, threads });
  return { plan, planSha256, unet, ...networks, residualScale, normative, yardsticks };
}
