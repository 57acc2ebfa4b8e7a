import type { Finding } from "../../core/finding";
import type { Horizon } from "../../proof/ending";
import type { Detection } from "../detection";
import { findingsOfDetection } from "../findings";
import { detectionToConsole, detectionToJson, detectionToJUnit, detectionToMarkdown } from "../writers";
import { findingsOfFleet } from "./findings";
import { fleetHorizon, type FleetDetection } from "./fleet";
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
