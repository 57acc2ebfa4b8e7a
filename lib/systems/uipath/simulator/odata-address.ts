import { parameter } from "../../kit/simulator/request";
import type { WebRequest } from "../../kit/simulator/web";
import { notFound } from "./refusal";

/** What an OData address of one entity names: `Webhooks(42)`, `Settings('Abp.Timing.TimeZone')`. */
export interface Entity {
  /** In lower case. */
  readonly set: string;
  /** Without its quotes. */
  readonly key: string;
}

const ENTITY = /^([a-z]+)\((?:'((?:[^']|'')*)'|(-?\d+))\)$/i;

/** @throws Refusal 404 for an address that names none */
export function entityIn(request: WebRequest): Entity {
  const [, set, text, number] = ENTITY.exec(parameter(request, "entity")) ?? [];
  if (set === undefined) throw notFound("The resource");
  return { set: set.toLowerCase(), key: number ?? text!.replaceAll("''", "'") };
}
