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

/** Everything about one outside system; made by `defineSystem`. */
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
   * Makes the client; called once per provider run, when the first resource needs it, so this is the
   * place to `await import()` what is heavy. The settings are complete. Talks to nobody yet. Throws a `ProblemError`
   * when one cannot be used.
   */
  connect(settings: SettingsOf<Settings>, runtime: Runtime): Promise<Client>;
  /**
   * Begins what the first call would have to wait for, in the time that Terraform needs for its configuration. Must not
   * change anything over there, nor throw: what fails is told by that first call. @default nothing
   */
  prepare?(client: Client): void;
  /**
   * Logs in as calls do, and rejects as they do when that is refused. Only reads, and at best what calls need anyway (a
   * token, a list that is kept). A plan that creates runs it once. @default there is nothing to log in to
   */
  checkLogin?(client: Client, signal: AbortSignal): Promise<void>;
  readonly resources: readonly SystemResource[];
  readonly dataSources: readonly DataSource[];
  /** Values that exist only while Terraform runs: secrets that the system makes. */
  readonly ephemeralResources?: readonly EphemeralResource[];
  /** The platform's own test call: `outbound_test_email` runs it for each `via`. */
  platformTest?(client: Client, request: PlatformTestRequest): Promise<PlatformTestResult>;
  /** Whom its test call would disturb, so that no check on a schedule makes it. @default it mails the declared receivers and nobody else */
  readonly testDisturbs?: string;
  /** What its resources mean for the way of the alerts: flows, mailers, routes. Reviews, policy rules and `outbound routes` read it. */
  readonly topology?: TopologyByType;
  /** Its words for how bad an alert is, all of them. Absent where there are none, or nobody knows them. */
  readonly severities?: readonly string[];
  /** What exists there, whoever made it: for `outbound import` and `outbound reconcile`. Absent: nobody can tell. */
  readonly inventory?: InventorySource<Client>;
  /** The vendor's descriptions of its API; the acceptance tests hold against them what was said. */
  readonly contracts: readonly VendorContract[];
  /** What `outbound doctor --systems` reads. Absent: there is nobody to ask. */
  survey?(): Promise<Survey<Client, SettingsOf<Settings>>>;
  /** How the demo shows it. */
  readonly demonstration: Demonstration;
  /** Loaded only by the sandbox, never by the provider. */
  simulator(): Promise<CreateSimulator>;
  /** Why it has no test call, no topology, no inventory, no contracts or no survey, where it has none. */
  readonly lacks: Readonly<
    Record<"platformTest" | "topology" | "inventory" | "contracts" | "survey", string | undefined>
  >;
}

/** A resource of a system, with what documentation, tests and commands need to know of it. */
export interface SystemResource extends Resource {
  /** What its objects are called, and how they are imported. */
  readonly words: ObjectWords;
  /** The file in `examples/` that declares one. */
  readonly example: string;
}

/** What a client of an API needs of the outside world. */
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

/** The outside world as a parameter. */
export interface Runtime {
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly random: () => number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly workingDirectory: string;
  /** Undefined when the file does not exist. */
  readonly readFile: (path: string) => string | undefined;
  /** "cdktf-provider-outbound/0.1.0 Terraform/1.11.4" */
  readonly userAgent: string;
  /** Tries an SMTP server from this machine, for systems that cannot be asked to. */
  readonly smtpProbe: SmtpProbe;
  /** Hears of the certificate that the system's API has shown. @default nobody does */
  readonly onCertificate?: (certificate: ServerCertificate) => void;
  /** Sees all that is sent to the system and comes back; every `HttpClient` of the system gets it. @default nobody does */
  readonly interceptor?: HttpInterceptor;
  /** How patient clients of the system's API are; every `HttpClient` of the system gets them. @default the client's own */
  readonly limits?: HttpLimits;
  /** PEM text of an authority that the system's API is trusted by; every `HttpClient` of the system gets it. @default the well-known ones */
  readonly ca?: string;
}
