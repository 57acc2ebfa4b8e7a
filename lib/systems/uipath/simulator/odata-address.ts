import { parameter } from "../../kit/simulator/request";
import type { WebRequest } from "../../kit/simulator/web";
import { notFound } from "./refusal";

/** The entity in an OData address: `Webhooks(42)`, `Settings('Abp.Timing.TimeZone')`. */
export interface Entity {
  /** In lower case. */
  readonly set: string;
  /** The key without its quotes. */
  readonly key: string;
}

const ENTITY = /^([a-z]+)\((?:'((?:[^']|'')*)'|(-?\d+))\)$/i;

/**
 * Parses the address.
 *
 * @throws Refusal 404 when it names no entity
 */
export function entityIn(request: WebRequest): Entity {
  const [, set, text, number] = ENTITY.exec(parameter(request, "entity")) ?? [];
  if (set === undefined) throw notFound("The resource");
  return { set: set.toLowerCase(), key: number ?? text!.replaceAll("''", "'") };
}
