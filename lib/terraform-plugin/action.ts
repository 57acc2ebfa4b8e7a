import type { Context, Planned } from "./resource";
import type { Schema, StateOf } from "./schema";

/** The context of an action's handler. */
export interface ActionContext<Client> extends Context<Client> {
  /**
   * Shows a message while the action runs, on a line of its own: reduced to one line, redacted and cleaned. When Terraform
   * is too slow, the latest messages are left out and counted. Nothing is shown once the signal has aborted.
   */
  progress(message: string): void;
}

/**
 * An operation that leaves no object behind, invoked by `terraform apply -invoke=action.TYPE.NAME` or by the
 * `action_trigger` of a resource. Needs Terraform 1.14; an older one ignores it. The attributes of its schema are required
 * or optional, none is computed. Write-only ones are allowed, but empty when the action is invoked by hand: Terraform then
 * takes the configuration from the plan, which cannot hold them. So actions read secrets from an environment variable whose
 * name they are given.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/action
 */
export interface Action<S extends Schema = Schema, Client = unknown> {
  readonly schema: S;
  /**
   * The clients it needs besides its own, by names that the provider knows: a plan tries their settings and logins. What is
   * not known yet is left out.
   *
   * @default none
   */
  asks?(config: Planned<S>): readonly string[];
  /**
   * Runs the action. An error is an error of the run; after a trigger it stops the apply.
   *
   * @param config valid and wholly known, defaults filled in
   */
  invoke(config: StateOf<S>, context: ActionContext<Client>): Promise<void>;
}
