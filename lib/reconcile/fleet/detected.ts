import type { Finding } from "../../core/finding";
import type { Horizon } from "../../proof/ending";
import type { Detection } from "../detection";
import { findingsOfDetection } from "../findings";
import { detectionToConsole, detectionToJson, detectionToJUnit, detectionToMarkdown } from "../writers";
import { findingsOfFleet } from "./findings";
import { fleetHorizon, type FleetDetection } from "./fleet";
import { fleetToConsole, fleetToJson, fleetToJUnit, fleetToMarkdown } from "./writers";

/** What a detection found, of one stack or of several. */
export type Detected = Detection | FleetDetection;

const isFleet = (detected: Detected): detected is FleetDetection => "stacks" in detected;

/** Of each stack. */
export const detectionsOf = (detected: Detected): readonly Detection[] =>
  isFleet(detected) ? detected.stacks : [detected];

/** What was looked at: the name of the stack, or of the stacks as they were asked for. */
export const nameOf = (detected: Detected): string => (isFleet(detected) ? detected.fleet : detected.stack);

export const horizonOf = (detected: Detected): Horizon | undefined =>
  isFleet(detected) ? fleetHorizon(detected) : detected.horizon;

export const findingsOf = (detected: Detected): Finding[] =>
  isFleet(detected) ? findingsOfFleet(detected) : findingsOfDetection(detected);

/** How a result is printed or written, by format. */
export const detectedTo = {
  console: (detected: Detected) => (isFleet(detected) ? fleetToConsole(detected) : detectionToConsole(detected)),
  json: (detected: Detected) => (isFleet(detected) ? fleetToJson(detected) : detectionToJson(detected)),
  markdown: (detected: Detected) => (isFleet(detected) ? fleetToMarkdown(detected) : detectionToMarkdown(detected)),
  junit: (detected: Detected) => (isFleet(detected) ? fleetToJUnit(detected) : detectionToJUnit(detected)),
} as const;
