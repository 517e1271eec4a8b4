import { caput, type Code, dcm, FEMORAL_HEAD, PRIVATE_SCHEME, sct, sideCode, ucum } from "./codes.ts";
import { dateAndTime, decimalString, type DicomObject, dicomObject } from "./dicom_object.ts";
import { dicomUid } from "./dicom_uid.ts";
import { commonModules, type ExportedHead, type ExportFacts, type FilmObject } from "./film_object.ts";
import { headLabel, SEGMENTATION_CLASS, trackingUid } from "./segmentation_object.ts";

/** Comprehensive SR, one of the SOP classes that can contain TID 1500. */
export const REPORT_CLASS = "1.2.840.10008.5.1.4.1.1.88.33";

/** Context of the measurements. */
export interface ReportBasis {
  /** The reference group, such as "113 held-out healthy heads of paper phantom, seed 1 (synthetic)". */
  readonly reference: string;
  /** sha256 of every model by file name. */
  readonly models: Readonly<Record<string, string>>;
}

type Item = Record<string, unknown>;

/** Statement on research use, included in every report. */
export const RESEARCH_USE = "Research and teaching only; not a medical device and not for diagnosis.";

/**
 * Makes a Structured Report of a film's measurements according to template TID 1500 (PS3.16). For each head it contains
 * finding, side (if known) and segment; centre, radius (in pixels, and also in mm if the film has a pixel spacing),
 * distance from healthy, percentile with its interval, and residual, with UCUM units; whether the head is out of domain;
 * and its quality codes, if there are any. Values that are not finite are omitted.
 *
 * @param options.segmentation object with the outlines; its segments are in the order of the heads
 */
export function measurementReport(
  film: FilmObject,
  { heads, segmentation, basis, facts }: {
    heads: readonly ExportedHead[];
    segmentation: Pick<DicomObject, "sopInstanceUid">;
    basis: ReportBasis;
    facts: ExportFacts;
  },
): DicomObject {
  const { date, time } = dateAndTime(facts.at);
  const content = [
    ...context(facts),
    node(
      "CONTAINS",
      container(dcm("111028", "Image Library"), [
        node("CONTAINS", container(dcm("126200", "Image Library Group"), [node("CONTAINS", image(film))])),
      ]),
    ),
    node(
      "CONTAINS",
      container(
        dcm("126010", "Imaging Measurements"),
        heads.map((head, i) =>
          node("CONTAINS", measurementGroup(head, { film, segmentation, number: i + 1, facts }))
        ),
      ),
    ),
    node(
      "CONTAINS",
      container(
        { CodeValue: "C0034375", CodingSchemeDesignator: "UMLS", CodeMeaning: "Qualitative Evaluations" },
        [
          node("CONTAINS", text(caput("intended-use", "Intended use"), RESEARCH_USE)),
          node("CONTAINS", text(caput("reference", "Reference of the percentiles"), basis.reference)),
          ...Object.entries(basis.models).map(([name, hash]) =>
            node("CONTAINS", text(caput("model", "Model and its SHA-256"), `${name} ${hash}`))
          ),
        ],
      ),
    ),
  ];
  return dicomObject({
    SOPClassUID: REPORT_CLASS,
    SOPInstanceUID: dicomUid(
      `report on ${film.sopInstanceUid} ${dicomUid(JSON.stringify([content, facts.at]))}`,
    ),
    ...commonModules(film, facts),
    Modality: "SR",
    SeriesInstanceUID: dicomUid(`report series of ${film.seriesUid}`),
    SeriesNumber: "9002",
    SeriesDescription: "Femoral head measurements (Caput)",
    InstanceNumber: "1",
    ContentDate: date,
    ContentTime: time,
    CompletionFlag: "COMPLETE",
    VerificationFlag: "UNVERIFIED",
    ReferencedPerformedProcedureStepSequence: [],
    PerformedProcedureCodeSequence: [],
    CurrentRequestedProcedureEvidenceSequence: [evidence(film, segmentation)],
    CodingSchemeIdentificationSequence: [PRIVATE_SCHEME],
    ...container(dcm("126000", "Imaging Measurement Report"), content),
    ContentTemplateSequence: [{ MappingResource: "DCMR", TemplateIdentifier: "1500" }],
  });
}

/** Language, observer and procedure (TID 1204, 1001, CID 100). */
function context({ version }: ExportFacts): Item[] {
  const english = { CodeValue: "en", CodingSchemeDesignator: "RFC5646", CodeMeaning: "English" };
  return [
    node("HAS CONCEPT MOD", coded(dcm("121049", "Language of Content Item and Descendants"), english)),
    node("HAS OBS CONTEXT", coded(dcm("121005", "Observer Type"), dcm("121007", "Device"))),
    node("HAS OBS CONTEXT", uid(dcm("121012", "Device Observer UID"), dicomUid("device"))),
    node("HAS OBS CONTEXT", text(dcm("121013", "Device Observer Name"), "Caput")),
    node("HAS OBS CONTEXT", text(dcm("121015", "Device Observer Model Name"), `Caput ${version}`)),
    node(
      "HAS CONCEPT MOD",
      coded(
        dcm("121058", "Procedure reported"),
        sct("363680008", "Radiographic imaging procedure"),
      ),
    ),
  ];
}

/** One head (TID 1410, planar measurements). */
function measurementGroup(
  head: ExportedHead,
  { film, segmentation, number, facts }: {
    film: FilmObject;
    segmentation: Pick<DicomObject, "sopInstanceUid">;
    number: number;
    facts: ExportFacts;
  },
): Item {
  const [low, high] = head.percentileInterval, none = ucum("1", "no units"), percent = ucum("%", "percent");
  const pixels = ucum("{pixels}", "pixels"), [x, y] = head.centerPx;
  const radius = sct("131190003", "Radius");
  const [side] = sideCode(head.side);
  const site = coded(sct("363698007", "Finding Site"), FEMORAL_HEAD);
  const numbers: [Code, number, Code][] = [
    [caput("center-column", "Column of the centre, 0 at the centre of the first pixel"), x, pixels],
    [caput("center-row", "Row of the centre, 0 at the centre of the first pixel"), y, pixels],
    [caput("radius-pixels", "Radius in pixels of a row"), head.radiusPx, pixels],
    ...Number.isFinite(head.radiusMm)
      ? [[radius, head.radiusMm, ucum("mm", "millimeter")] as [Code, number, Code]]
      : [],
    [caput("distance", "Mahalanobis distance from healthy"), head.distance, none],
    [caput("percentile", "Percentile among healthy heads"), head.percentile, percent],
    [caput("percentile-low", "Percentile, lower end of its 95 % interval"), low, percent],
    [caput("percentile-high", "Percentile, upper end of its 95 % interval"), high, percent],
    [caput("residual", "Residual that the decoder leaves"), head.residual, none],
  ];
  const group = container(dcm("125007", "Measurement Group"), [
    node("HAS OBS CONTEXT", text(dcm("112039", "Tracking Identifier"), `${headLabel(head)} ${head.headId}`)),
    node("HAS OBS CONTEXT", uid(dcm("112040", "Tracking Unique Identifier"), trackingUid(head, film))),
    node("CONTAINS", coded(dcm("121071", "Finding"), FEMORAL_HEAD)),
    node("HAS CONCEPT MOD", {
      ...site,
      ...(side
        ? { ContentSequence: [node("HAS CONCEPT MOD", coded(sct("272741003", "Laterality"), side))] }
        : {}),
    }),
    node("HAS CONCEPT MOD", text(dcm("111001", "Algorithm Name"), "Caput")),
    node("HAS CONCEPT MOD", text(dcm("111003", "Algorithm Version"), facts.version)),
    node("CONTAINS", {
      ConceptNameCodeSequence: [dcm("121214", "Referenced Segmentation Frame")],
      ValueType: "IMAGE",
      ReferencedSOPSequence: [{
        ReferencedSOPClassUID: SEGMENTATION_CLASS,
        ReferencedSOPInstanceUID: segmentation.sopInstanceUid,
        ReferencedFrameNumber: [String(number)],
      }],
    }),
    node("CONTAINS", {
      ...image(film),
      ConceptNameCodeSequence: [dcm("121233", "Source image for segmentation")],
    }),
    ...numbers.filter(([, value]) => Number.isFinite(value)).map((each) =>
      node("CONTAINS", numeric(...each))
    ),
    node("CONTAINS", text(caput("out-of-domain", "Out of domain"), head.outOfDomain ? "yes" : "no")),
    ...head.quality.length > 0
      ? [node("CONTAINS", text(caput("quality", "Quality codes"), head.quality.join(" ")))]
      : [],
  ]);
  return { ...group, ContentTemplateSequence: [{ MappingResource: "DCMR", TemplateIdentifier: "1410" }] };
}

/** A content item with its relationship to the parent item. */
function node(RelationshipType: string, item: Item): Item {
  return { RelationshipType, ...item };
}

function container(name: Code, content: Item[]): Item {
  return {
    ValueType: "CONTAINER",
    ConceptNameCodeSequence: [name],
    ContinuityOfContent: "SEPARATE",
    ContentSequence: content,
  };
}

function coded(name: Code, value: Code): Item {
  return { ValueType: "CODE", ConceptNameCodeSequence: [name], ConceptCodeSequence: [value] };
}

function text(name: Code, value: string): Item {
  return { ValueType: "TEXT", ConceptNameCodeSequence: [name], TextValue: value };
}

function uid(name: Code, value: string): Item {
  return { ValueType: "UIDREF", ConceptNameCodeSequence: [name], UID: value };
}

function image({ sopClassUid, sopInstanceUid }: FilmObject): Item {
  return {
    ValueType: "IMAGE",
    ReferencedSOPSequence: [{
      ReferencedSOPClassUID: sopClassUid,
      ReferencedSOPInstanceUID: sopInstanceUid,
    }],
  };
}

/**
 * A number with its unit. A decimal string has at most 16 characters, so the number is also stored as floating point.
 */
function numeric(name: Code, value: number, unit: Code): Item {
  return {
    ValueType: "NUM",
    ConceptNameCodeSequence: [name],
    MeasuredValueSequence: [{
      FloatingPointValue: value,
      MeasurementUnitsCodeSequence: [unit],
      NumericValue: decimalString(value),
    }],
  };
}

/** All objects that the report refers to, by study and series. */
function evidence(film: FilmObject, segmentation: Pick<DicomObject, "sopInstanceUid">): Item {
  const series = (
    SeriesInstanceUID: string,
    ReferencedSOPClassUID: string,
    ReferencedSOPInstanceUID: string,
  ) => ({
    ReferencedSOPSequence: [{ ReferencedSOPClassUID, ReferencedSOPInstanceUID }],
    SeriesInstanceUID,
  });
  return {
    ReferencedSeriesSequence: [
      series(film.seriesUid, film.sopClassUid, film.sopInstanceUid),
      series(
        dicomUid(`segmentation series of ${film.seriesUid}`),
        SEGMENTATION_CLASS,
        segmentation.sopInstanceUid,
      ),
    ],
    StudyInstanceUID: film.studyUid,
  };
}
