import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import type { Schema } from "../terraform-plugin/schema";
import { TerraformElement, type TerraformResource } from "./cdktf";
import { actionInHcl } from "./errors";
import { inOneLibrary } from "./one-library";
import type { InputOf } from "./props";
import { toTerraform, type Props } from "./synthesis";
import { useOutboundProvider } from "./use-provider";
import { validateProps } from "./validation";

/** An event of a resource, before or after which an action is invoked; those of destroys need Terraform 1.16. */
export type ActionEvent =
  "before_create" | "after_create" | "before_update" | "after_update" | "before_destroy" | "after_destroy";

/** When an action is invoked, and what happens to the deployment when it fails. */
export interface TriggerOptions {
  /** At least one. */
  readonly events: readonly [ActionEvent, ...ActionEvent[]];
  /**
   * `halt` stops the deployment, `taint` replaces the resource with the next one, `continue` goes on with a warning. Needs
   * Terraform 1.16.
   *
   * @default the deployment stops
   */
  readonly onFailure?: "halt" | "taint" | "continue";
}

/** The props of an action: its configuration. */
export type ActionProps<S> = S extends Schema<infer A> ? InputOf<A, "writeOnly"> : never;

/**
 * An action of the provider as a construct, straight from its schema. Needs Terraform 1.14; CDKTF itself has no construct
 * for actions.
 */
export class SchemaAction<S extends Schema = Schema> extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    readonly schema: S,
    readonly input: ActionProps<S>,
  ) {
    super(inOneLibrary(scope), id, schema.type);
    this.node.addValidation({ validate: () => validateProps(this, schema, this.input as Props) });
    useOutboundProvider(this);
  }

  /** Its address, for `terraform apply -invoke=…`. */
  get address(): string {
    return `action.${this.schema.type}.${this.friendlyUniqueId}`;
  }

  /**
   * Invokes the action whenever one of these events happens to the resource. A failing action stops the deployment, unless
   * the options say otherwise; the resource stays.
   */
  trigger(resource: TerraformResource, first: ActionEvent | TriggerOptions, ...more: readonly ActionEvent[]): this {
    const { events, onFailure }: TriggerOptions = typeof first === "string" ? { events: [first, ...more] } : first;
    const all = triggers.get(resource) ?? [];
    const failure = onFailure === undefined ? {} : { on_failure: onFailure };
    triggers.set(resource, [...all, { events, actions: [this.address], ...failure }]);
    resource.addOverride("lifecycle.action_trigger", triggers.get(resource));
    return this;
  }

  /** @internal */
  override toTerraform(): unknown {
    const config = toTerraform(this.schema.attributes, this.input as Props, this);
    return { action: { [this.schema.type]: { [this.friendlyUniqueId]: { config } } } };
  }

  /** @internal */
  override toHclTerraform(): never {
    throw new ProblemError(actionInHcl(this.node.path));
  }
}

interface Trigger {
  readonly events: readonly ActionEvent[];
  readonly actions: readonly string[];
  readonly on_failure?: string;
}

/** The triggers of each resource so far: an override replaces a list, so they are kept here. */
const triggers = new WeakMap<TerraformResource, readonly Trigger[]>();

/** The class that {@link actionClass} makes. */
export interface ActionClass<S extends Schema> {
  new (scope: Construct, id: string, props: ActionProps<S>): SchemaAction<S>;
  readonly tfActionType: string;
}

/** A construct class for an action. */
export function actionClass<S extends Schema>(schema: S): ActionClass<S> {
  return class extends SchemaAction<S> {
    static readonly tfActionType = schema.type;

    constructor(scope: Construct, id: string, props: ActionProps<S>) {
      super(scope, id, schema, props);
    }
  };
}
