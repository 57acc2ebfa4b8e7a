import { endingFindings } from "../../proof/findings";
import type { Finding } from "../../core/finding";
import type { Horizon } from "../../proof/ending";
import type { Detection } from "../detection";
import { findingsOfDetection } from "../findings";
import { detectionToConsole, detectionToJson, detectionToJUnit, detectionToMarkdown } from "../writers";
import { fleetHorizon, inStack, type FleetDetection } from "./fleet";
import { fleetToConsole, fleetToJson, fleetToJUnit, fleetToMarkdown } from "./writers";

/** The result of detecting in one stack or in several. */
export type Detected = Detection | FleetDetection;

const isFleet = (detected: Detected): detected is FleetDetection => "stacks" in detected;

/** The detection of each stack. */
export const detectionsOf = (detected: Detected): readonly Detection[] =>
  isFleet(detected) ? detected.stacks : [detected];

/** The name of the stack, or the selection of stacks as it was written. */
export const nameOf = (detected: Detected): string => (isFleet(detected) ? detected.fleet : detected.stack);

export const horizonOf = (detected: Detected): Horizon | undefined =>
  isFleet(detected) ? fleetHorizon(detected) : detected.horizon;

export const findingsOf = (detected: Detected): Finding[] =>
  isFleet(detected) ? findingsOfFleet(detected) : findingsOfDetection(detected);

/** Writes a result, by format. */
export const detectedTo = {
  console: (detected: Detected) => (isFleet(detected) ? fleetToConsole(detected) : detectionToConsole(detected)),
  json: (detected: Detected) => (isFleet(detected) ? fleetToJson(detected) : detectionToJson(detected)),
  markdown: (detected: Detected) => (isFleet(detected) ? fleetToMarkdown(detected) : detectionToMarkdown(detected)),
  junit: (detected: Detected) => (isFleet(detected) ? fleetToJUnit(detected) : detectionToJUnit(detected)),
} as const;

/**
 * Everything that is not in sync in any stack, with the stack in its path; what expires is reported once for all of
 * them.
 */
export function findingsOfFleet(fleet: FleetDetection): Finding[] {
  const found = fleet.stacks.flatMap(({ horizon: _, ...detection }) =>
    findingsOfDetection(detection).map((finding) => ({ ...finding, path: inStack(detection.stack, finding.path) })),
  );
  const horizon = fleetHorizon(fleet);
  return [...found, ...(horizon === undefined ? [] : endingFindings(horizon, Date.parse(fleet.detectedAt)))];
}
