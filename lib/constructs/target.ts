import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import type { TerraformResource } from "./cdktf";
import type { Destination } from "./destination";
import { notATarget } from "./errors";
import { describe } from "./options";
import type { Port } from "./port";
import type { Receiver } from "./receiver";
import type { Secret } from "./secret";
import type { SmtpServer } from "./smtp-server";

/**
 * The ports for outside systems. A noun (`OutboundFlow`, `SmtpPlugin`, `AlertRoute`) describes what is wanted, and a target
 * knows how its system does it: `bind...` creates the system's resource in the scope of the noun. A new system brings new
 * targets and needs no new noun.
 */

/** A platform whose outbound firewall is managed. */
export interface FlowTarget {
  /**
   * Distinguishes the platform from others of its kind, such as a service's id: part of construct ids, and so of Terraform
   * addresses.
   */
  readonly name: string;
  bindFlow(scope: Construct, id: string, request: FlowRequest): BoundFlow;
}

export interface FlowRequest {
  readonly destination: Destination;
  readonly port: Port;
  /** The purpose of the flow, where the system has a field for it. */
  readonly description: string;
}

export interface BoundFlow {
  readonly resource: TerraformResource;
  /** The object's id, as a token: a replaced flow must be tested again. */
  readonly id: string;
}

/**
 * A platform that sends alerts by mail.
 *
 * @typeParam Alerts which alerts a route can select there
 */
export interface PluginTarget<Alerts = unknown> {
  /** The display name, for titles and messages. A new one renames the same plugin. */
  readonly name: string;
  /**
   * Distinguishes the plugin from others in an AlertMail that has no `id` for it: part of construct ids, and so of Terraform
   * addresses. It does not depend on the plugin's name: "vrops".
   */
  readonly kind: string;
  bindPlugin(scope: Construct, id: string, request: PluginRequest): BoundPlugin<Alerts>;
}

export interface PluginRequest {
  readonly server: SmtpServer;
}

export interface BoundPlugin<Alerts = unknown> {
  readonly resource: TerraformResource;
  /** The system's name in the provider: "vrops". */
  readonly system: string;
  /** The object's id, as a token; the test mail asks the system to test it. */
  readonly id: string;
  /** A description of the settings, besides the server's own, that change how mail is delivered. */
  readonly fingerprint: string;
  /** Absent when the system sends all its alerts the same way. */
  bindRoute?(scope: Construct, id: string, request: RouteRequest<Alerts>): BoundRoute;
  /**
   * Checks during plan whether the receivers will get alerts, and warns of those who will not: for systems that choose the
   * receivers themselves.
   */
  watchReceivers?(scope: Construct, id: string, receivers: readonly Receiver[]): void;
}

export interface RouteRequest<Alerts = unknown> {
  /** The name, unless `alerts` contains one. */
  readonly name: string;
  readonly receivers: readonly Receiver[];
  readonly alerts: Alerts | undefined;
}

export interface BoundRoute {
  readonly resource: TerraformResource;
  /** A description of the alerts. */
  readonly fingerprint: string;
}

/** A receiver of another system's alerts by URL, which then notifies people: an inbound integration. */
export interface InboundTarget {
  readonly name: string;
  bindInbound(scope: Construct, id: string): BoundInbound;
}

export interface BoundInbound {
  readonly resource: TerraformResource;
  /** The system's name in the provider: "alertops". */
  readonly system: string;
  /** The object's id, as a token; the test asks the system to test it. */
  readonly id: string;
  /** The URL, which exists only while Terraform runs. */
  readonly url: Secret;
  /** A description of the people whom it notifies. */
  readonly fingerprint: string;
}

const FLOW_EXAMPLE = 'OvhVrops.service("pcc-192-0-2-10")';
const PLUGIN_EXAMPLE = 'Vrops.standardEmail({ name: "Prod SMTP" }) or UiPath.tenantMail()';
const INBOUND_EXAMPLE = 'AlertOps.inboundIntegration({ name: "Uptrends prod" })';

const has = (value: unknown, method: string): boolean =>
  typeof value === "object" && value !== null && typeof (value as Record<string, unknown>)[method] === "function";

/** Suggests the method to which the value belongs. */
function rightPlace(value: unknown): string | undefined {
  if (has(value, "bindFlow")) return "It opens a firewall: pass it to through(...) or to an OutboundFlow.";
  if (has(value, "bindPlugin")) return "It sends alerts: pass it to into(...) or to an SmtpPlugin.";
  if (has(value, "bindInbound"))
    return "It receives the alerts of another system: into(Uptrends.through(it, { ... })).";
  return undefined;
}

/** @throws `constructs/not-a-target` */
export function checkFlowTarget(value: unknown): asserts value is FlowTarget {
  if (has(value, "bindFlow")) return;
  const hint = typeof value === "string" ? `Did you mean OvhVrops.service(${JSON.stringify(value)})?` : undefined;
  throw new ProblemError(
    notATarget("no platform whose firewall can be opened", describe(value), FLOW_EXAMPLE, hint ?? rightPlace(value)),
  );
}

/** @throws `constructs/not-a-target` */
export function checkPluginTarget(value: unknown): asserts value is PluginTarget {
  if (has(value, "bindPlugin")) return;
  throw new ProblemError(
    notATarget("no platform that sends alerts", describe(value), PLUGIN_EXAMPLE, rightPlace(value)),
  );
}

/** @throws `constructs/not-a-target` */
export function checkInboundTarget(value: unknown): asserts value is InboundTarget {
  if (has(value, "bindInbound")) return;
  throw new ProblemError(
    notATarget(
      "nothing that receives the alerts of another system",
      describe(value),
      INBOUND_EXAMPLE,
      rightPlace(value),
    ),
  );
}
