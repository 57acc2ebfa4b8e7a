import type { NameOfSetting } from "../core/prose";
import type { TerraformCommand } from "../core/terraform-text";
import type { Logger } from "../core/log";
import type { Problem } from "../core/problem";
import type { Redactor } from "../core/redaction";
import type { Attributes, ObjectOf } from "./schema";
import type { Action } from "./action";
import type { ProviderFunction } from "./function";
import type { DataSource, EphemeralResource, ListResource, Resource } from "./resource";

/**
 * The access to a client, and what a plan may know of it. `client` may reject with a `ProblemError` (missing configuration).
 */
export interface Connection<Provider> {
  client(provider: Provider): Promise<unknown>;
  /**
   * A digest of the place where its objects live, without connecting: equal for two configurations of one place. Undefined
   * while a setting is missing or not known yet.
   *
   * @default always undefined
   */
  realm?(provider: Provider): string | undefined;
  /**
   * A warning while a setting is known only after apply. Nothing is connected then: existing objects stay as the state has
   * them, and the questions of a plan wait.
   *
   * @default never
   */
  pending?(provider: Provider): Problem | undefined;
  /**
   * Logs in, once a run, unless {@link Connection.answered} was called before. Returns warnings when the result is
   * uncertain. May reject with a `ProblemError` (a login that is refused).
   *
   * @default there is nothing to log in to
   */
  checkLogin?(provider: Provider, signal: AbortSignal): Promise<readonly Problem[]>;
  /**
   * Called when the client has been asked and has answered, so its login works. Returns warnings about what the answers have
   * shown, each once a run.
   */
  answered?(provider: Provider): readonly Problem[];
}

/** A handler together with the access to its client. */
export interface Bound<Handler, Provider> extends Connection<Provider> {
  readonly handler: Handler;
  /**
   * The connection to one of the others that `asks` of the handler names; undefined when a creation will not ask it after
   * all. May throw a `ProblemError` (no such name).
   *
   * @default there are no others
   */
  connectionTo?(name: string): Connection<Provider> | undefined;
}

export interface ConfigureContext {
  readonly terraformVersion: string;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** Shows a warning beside the configuration. */
  readonly report: (warning: Problem) => void;
}

/** The definition of a whole provider, as data for `serve`. */
export interface ProviderDefinition<A extends Attributes = Attributes, Provider = unknown> {
  /** The local name, `outbound`. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly attributes: A;
  /** Names settings for the readers of diagnostics, where not everybody writes HCL. @default as HCL has them */
  readonly nameOfSetting?: NameOfSetting;
  /** The program that runs the provider, for commands in advice. @default terraform */
  readonly terraformCommand?: () => TerraformCommand;
  /**
   * The advice about an object that is gone, where objects disappear with their place.
   *
   * @default the one for lasting objects
   */
  readonly adviceWhenGone?: () => string | undefined;
  /** Called once per run and configuration block. It must not use the network: a run that needs no system must not fail. */
  configure(config: ObjectOf<A>, context: ConfigureContext): Provider;
  /**
   * Loads what the first calls need. Between configuring a provider and its first resource, Terraform expands the
   * configuration by itself (a third of a second for a thousand instances), and this process is idle. It must not change
   * anything outside; what fails here, the call that needs it reports.
   *
   * @default nothing
   */
  prepare?(provider: Provider): Promise<void>;
  readonly resources: readonly Bound<Resource, Provider>[];
  readonly dataSources: readonly Bound<DataSource, Provider>[];
  /** Lists for resources among {@link ProviderDefinition.resources}. @default none */
  readonly listResources?: readonly Bound<ListResource, Provider>[];
  readonly ephemeralResources?: readonly Bound<EphemeralResource, Provider>[];
  /** @default none */
  readonly actions?: readonly Bound<Action, Provider>[];
  /** @default none */
  readonly functions?: readonly ProviderFunction[];
}
