import type { ServerCertificate } from "../../core/certificate-expiry";
import type { Clock } from "../../core/clock";
import type { PlatformTestRequest, PlatformTestResult } from "../../core/platform-test";
import type { Redactor } from "../../core/redaction";
import type { SmtpProbe } from "../../core/smtp-probe";
import type { Logger } from "../../core/log";
import type { HttpLimits } from "../../http/limits";
import type { HttpInterceptor } from "../../http/types";
import type { DataSource, EphemeralResource, Resource } from "../../terraform-plugin/resource";
import type { Demonstration } from "./demonstration";
import type { InventorySource } from "./inventory";
import type { SettingsDeclaration, SettingsOf } from "./settings";
import type { CreateSimulator } from "./simulator/simulation";
import type { Survey } from "./survey";
import type { TopologyByType } from "./topology";
import type { VendorContract } from "./vendor-contract";
import type { ObjectWords } from "./words";

/** An outside system; made by `defineSystem`. */
export interface System<
  Settings extends SettingsDeclaration = SettingsDeclaration,
  Client = unknown,
  /** The literal, `"ovh"`: it becomes a property of the OutboundProvider construct. */
  Name extends string = string,
> {
  /** The provider's configuration attribute, and the word in `via`: "ovh", "vrops". */
  readonly name: Name;
  /** "OVHcloud API" */
  readonly title: string;
  /** The provider's nested attribute, and where else its fields may come from. */
  readonly settings: Settings;
  /**
   * Creates the client; called once per provider run, when the first resource needs it, so this is the place to `await
   * import()` heavy code. The settings are complete. It sends nothing. Throws a `ProblemError` when a setting cannot be
   * used.
   */
  connect(settings: SettingsOf<Settings>, runtime: Runtime): Promise<Client>;
  /**
   * Starts what the first call would otherwise wait for, while Terraform processes its configuration. It must not change
   * anything in the system, nor throw: that first call reports failures.
   *
   * @default nothing
   */
  prepare?(client: Client): void;
  /**
   * Logs in like calls do, and rejects when the login is refused. It only reads, ideally data that calls need anyway (a
   * token, a list that is kept). A plan that creates runs it once.
   *
   * @default there is nothing to log in to
   */
  checkLogin?(client: Client, signal: AbortSignal): Promise<void>;
  readonly resources: readonly SystemResource[];
  readonly dataSources: readonly DataSource[];
  /** Values that exist only while Terraform runs: secrets that the system creates. */
  readonly ephemeralResources?: readonly EphemeralResource[];
  /** The platform's own test call: `outbound_test_email` runs it for each `via`. */
  platformTest?(client: Client, request: PlatformTestRequest): Promise<PlatformTestResult>;
  /**
   * Whom its test call would disturb, so that no scheduled check makes it.
   *
   * @default it mails the declared receivers and nobody else
   */
  readonly testDisturbs?: string;
  /**
   * The meaning of its resources for the topology of alert mail: flows, mailers, routes. Reviews, policy rules and `outbound
   * routes` read it.
   */
  readonly topology?: TopologyByType;
  /** All its words for the severity of an alert. Absent where it has none, or they are unknown. */
  readonly severities?: readonly string[];
  /**
   * The inventory of existing objects, whoever made them: for `outbound import` and `outbound reconcile`. Absent: unknown.
   */
  readonly inventory?: InventorySource<Client>;
  /** The vendor's descriptions of its API, against which the acceptance tests check the traffic. */
  readonly contracts: readonly VendorContract[];
  /** The survey of `outbound doctor --systems`. Absent: there is no API to ask. */
  survey?(): Promise<Survey<Client, SettingsOf<Settings>>>;
  /** How the demo shows the system at work. */
  readonly demonstration: Demonstration;
  /** Loaded only by the sandbox, never by the provider. */
  simulator(): Promise<CreateSimulator>;
  /** Why it has no test call, no topology, no inventory, no contracts or no survey, where it has none. */
  readonly lacks: Readonly<
    Record<"platformTest" | "topology" | "inventory" | "contracts" | "survey", string | undefined>
  >;
}

/** A resource of a system, with the facts that documentation, tests and commands need. */
export interface SystemResource extends Resource {
  /** The words for its objects, and their import id. */
  readonly words: ObjectWords;
  /** The file in `examples/` that declares one. */
  readonly example: string;
}

/** The part of the runtime that a client of an API needs. */
export type ApiRuntime = Pick<
  Runtime,
  | "clock"
  | "log"
  | "redactor"
  | "random"
  | "environment"
  | "userAgent"
  | "onCertificate"
  | "interceptor"
  | "limits"
  | "ca"
>;

/** The environment of a system's client: clock, randomness, files, variables and network, as a parameter. */
export interface Runtime {
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly random: () => number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly workingDirectory: string;
  /** Reads a file; undefined when it does not exist. */
  readonly readFile: (path: string) => string | undefined;
  /** "cdktf-provider-outbound/0.1.0 Terraform/1.11.4" */
  readonly userAgent: string;
  /** Probes an SMTP server from this machine, for systems that have no test of their own. */
  readonly smtpProbe: SmtpProbe;
  /** Called with the certificate of the system's API. @default not called */
  readonly onCertificate?: (certificate: ServerCertificate) => void;
  /** Observes all requests and answers; every `HttpClient` of the system gets it. @default none */
  readonly interceptor?: HttpInterceptor;
  /**
   * The time-outs and retries for the system's API; every `HttpClient` of the system gets them.
   *
   * @default the client's own
   */
  readonly limits?: HttpLimits;
  /**
   * PEM text of an authority to trust for the system's API; every `HttpClient` of the system gets it.
   *
   * @default the well-known ones
   */
  readonly ca?: string;
}
