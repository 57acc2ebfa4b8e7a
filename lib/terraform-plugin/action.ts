import type { Context, Planned } from "./resource";
import type { Schema, StateOf } from "./schema";

/** What an action gets besides its configuration. */
export interface ActionContext<Client> extends Context<Client> {
  /**
   * Shown while the action runs, on a line of its own: made of one line, redacted and cleaned. The last of those that Terraform
   * is too slow to take are left out, and counted. Nothing is shown once the signal has aborted.
   */
  progress(message: string): void;
}

/**
 * Something that is done and leaves no object behind: by `terraform apply -invoke=action.TYPE.NAME`, or by the
 * `action_trigger` of a resource. Needs Terraform 1.14; an older one never hears of it.
 *
 * Its schema has attributes that are required or optional, none that is computed. Write-only ones are legal, and empty where
 * the action is invoked by hand: Terraform takes the configuration from the plan then, which cannot hold them. So secrets
 * come by the name of an environment variable.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/action
 */
export interface Action<S extends Schema = Schema, Client = unknown> {
  readonly schema: S;
  /**
   * Whom it asks besides its own client, by names that the provider knows: a plan tries their settings and logins. What is
   * not known yet is left out. @default nobody
   */
  asks?(config: Planned<S>): readonly string[];
  /**
   * Does it. What it throws is an error of the run, with which a trigger stops the apply.
   *
   * @param config valid and wholly known, defaults filled in
   */
  invoke(config: StateOf<S>, context: ActionContext<Client>): Promise<void>;
}
