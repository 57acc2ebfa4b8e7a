import { compare } from "../core/finding";
import { jsonText, type JsonDocument } from "../core/json-document";
import type { Reach, AlertPath } from "../topology";

/** Who is told of an alert, by which way; by receiver, then by route. */
export interface RoutesDocument extends JsonDocument<"outbound-routes/1"> {
  readonly routes: readonly RouteTaken[];
}

/** One way by which somebody is told. */
export interface RouteTaken {
  /** An address, group or user as the system names it; or a description, when `elsewhere`. */
  readonly receiver: string;
  /** The receivers are named in the system, not in the code. */
  readonly elsewhere: boolean;
  /** The system where it happens: `vrops`. */
  readonly system: string;
  /** The Terraform address of the route. */
  readonly route: string;
  /** Null for any severity, and where they are known after the apply only. */
  readonly severities: readonly string[] | null;
  /** Null for anything, and where they are known after the apply only. */
  readonly resourceKinds: readonly string[] | null;
  /** Addresses of routes of other systems that the alert then takes. */
  readonly onwards: readonly string[];
  /** The address of what sends it; null when that is not in the stack. */
  readonly mailer: string | null;
  /** The address of the firewall flow that lets it out; null where there is none. */
  readonly flow: string | null;
  /** `flow` and `likely`: through that flow. `closed`: no flow lets it out. `not-managed`: no firewall of this stack is in the way. `unknown`: known after the apply only. */
  readonly reach: Reach["kind"];
  /** False when the way ends before the receiver. */
  readonly arrives: boolean;
  /** Why it ends, or what is not certain. */
  readonly remark: string | null;
}

export function routesToJson(told: readonly AlertPath[], redact: (text: string) => string): string {
  const routes = told
    .map((one) => taken(one, redact))
    .sort((a, b) => compare(a.receiver, b.receiver) || compare(a.route, b.route));
  const document: RoutesDocument = { format: "outbound-routes/1", routes };
  return jsonText(document);
}

function taken(
  { receiver, elsewhere, route, onwards, mailer, reach, arrives, remark }: AlertPath,
  text: (some: string) => string,
): RouteTaken {
  return {
    receiver: text(receiver),
    elsewhere,
    system: route.system,
    route: text(route.address),
    severities: route.severities?.map(text) ?? null,
    resourceKinds: route.resourceKinds?.map(text) ?? null,
    onwards: onwards.map(({ address }) => text(address)),
    mailer: mailer === undefined ? null : text(mailer.address),
    flow: "flow" in reach ? text(reach.flow.address) : null,
    reach: reach.kind,
    arrives,
    remark: remark ?? null,
  };
}
