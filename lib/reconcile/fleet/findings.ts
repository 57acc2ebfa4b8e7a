import type { Finding } from "../../core/finding";
import { endingFindings } from "../../proof/findings";
import { findingsOfDetection } from "../findings";
import { fleetHorizon, inStack, type FleetDetection } from "./fleet";

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
