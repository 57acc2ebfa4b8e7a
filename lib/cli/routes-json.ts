import { compare } from "../core/finding";
import { jsonText, type JsonDocument } from "../core/json-document";
import type { Reach, AlertPath } from "../topology";

/** The paths of an alert to its receivers; by receiver, then by route. */
export interface RoutesDocument extends JsonDocument<"outbound-routes/1"> {
  readonly routes: readonly RouteTaken[];
}

/** One path of an alert to a receiver. */
export interface RouteTaken {
  /** An address, group or user as the system names it; or a description, when `elsewhere`. */
  readonly receiver: string;
  /** True when the receivers are named in the system, not in the code. */
  readonly elsewhere: boolean;
  /** The system that raises the alert: `vrops`. */
  readonly system: string;
  /** The Terraform address of the route. */
  readonly route: string;
  /** Null for any severity, and where they are only known after the apply. */
  readonly severities: readonly string[] | null;
  /** Null for any kind, and where they are only known after the apply. */
  readonly resourceKinds: readonly string[] | null;
  /** Addresses of routes in other systems that the alert takes next. */
  readonly onwards: readonly string[];
  /** The address of the mailer; null when it is not in the stack. */
  readonly mailer: string | null;
  /** The address of the firewall flow that the mail passes; null where there is none. */
  readonly flow: string | null;
  /**
   * `flow` and `likely`: through that flow. `closed`: no flow is open. `not-managed`: the stack manages no firewall for
   * it. `unknown`: known after the apply.
   */
  readonly reach: Reach["kind"];
  /** False when the path ends before the receiver. */
  readonly arrives: boolean;
  /** Why it ends, or what is uncertain. */
  readonly remark: string | null;
}

export function routesToJson(paths: readonly AlertPath[], redact: (text: string) => string): string {
  const routes = paths
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
