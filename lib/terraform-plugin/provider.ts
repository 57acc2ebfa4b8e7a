import type { NameOfSetting } from "../core/prose";
import type { TerraformCommand } from "../core/terraform-text";
import type { Logger } from "../core/log";
import type { Problem } from "../core/problem";
import type { Redactor } from "../core/redaction";
import type { Attributes, ObjectOf } from "./schema";
import type { Action } from "./action";
import type { ProviderFunction } from "./function";
import type { DataSource, EphemeralResource, Resource } from "./resource";

/** The way to a client, and what a plan may know of it. `client` may reject with a `ProblemError` (missing configuration). */
export interface Connection<Provider> {
  client(provider: Provider): Promise<unknown>;
  /**
   * A digest of the place its objects live in, without connecting: equal for two configurations of one place. Undefined
   * while a setting is missing or not known yet. @default always undefined
   */
  realm?(provider: Provider): string | undefined;
  /**
   * A warning while a setting is known only after apply. Nothing is connected then: what is there stays as the state has
   * it, and what a plan would ask waits. @default never
   */
  pending?(provider: Provider): Problem | undefined;
  /**
   * Logs in, once a run, unless {@link Connection.answered} was called before. Gives warnings, when it could not be found out.
   * May reject with a `ProblemError` (a login that is refused). @default there is nothing to log in to
   */
  checkLogin?(provider: Provider, signal: AbortSignal): Promise<readonly Problem[]>;
  /** The client was asked and answered: its login works. Gives warnings of what the answers have shown, each once a run. */
  answered?(provider: Provider): readonly Problem[];
}

/** A handler together with the way to its client. */
export interface Bound<Handler, Provider> extends Connection<Provider> {
  readonly handler: Handler;
  /**
   * The way to one of the others that `asks` of the handler names; undefined when a creation will not ask it after all.
   * May throw a `ProblemError` (there is none of this name). @default there are no others
   */
  connectionTo?(name: string): Connection<Provider> | undefined;
}

export interface ConfigureContext {
  readonly terraformVersion: string;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** Shown beside the configuration. */
  readonly report: (warning: Problem) => void;
}

/** A whole provider, as data: what `serve` serves. */
export interface ProviderDefinition<A extends Attributes = Attributes, Provider = unknown> {
  /** The local name, `outbound`. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly attributes: A;
  /** What the reader of a diagnostic calls the settings, where not everybody writes HCL. @default as HCL has them */
  readonly nameOfSetting?: NameOfSetting;
  /** What the program is called that runs the provider, for commands in advice. @default terraform */
  readonly terraformCommand?: () => TerraformCommand;
  /** What to do about an object that is gone, where objects come and go with the place they are in. @default as for lasting ones */
  readonly goneWithItsPlace?: () => string | undefined;
  /** Called once per run and configuration block. Must not talk to the network: a run that needs no system must not fail. */
  configure(config: ObjectOf<A>, context: ConfigureContext): Provider;
  readonly resources: readonly Bound<Resource, Provider>[];
  readonly dataSources: readonly Bound<DataSource, Provider>[];
  readonly ephemeralResources?: readonly Bound<EphemeralResource, Provider>[];
  /** @default none */
  readonly actions?: readonly Bound<Action, Provider>[];
  /** @default none */
  readonly functions?: readonly ProviderFunction[];
}
