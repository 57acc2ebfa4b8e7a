import * as z from "../core/zod";

/**
 * `terraform show -json` of a plan, as far as it is used here. Unknown fields are let through: Terraform adds
 * some in every minor version of the format.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */

const values = z.record(z.string(), z.unknown());

export const changeContract = z.object({
  actions: z.array(z.string()).check(z.minLength(1)),
  before: z.optional(z.unknown()),
  after: z.optional(z.unknown()),
  after_unknown: z.optional(z.unknown()),
  before_sensitive: z.optional(z.unknown()),
  after_sensitive: z.optional(z.unknown()),
  replace_paths: z.optional(z.array(z.array(z.union([z.string(), z.number()])))),
  importing: z.optional(z.object({ id: z.optional(z.string()), unknown: z.optional(z.boolean()) })),
});

export const resourceChangeContract = z.object({
  address: z.string(),
  previous_address: z.optional(z.string()),
  module_address: z.optional(z.string()),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  provider_name: z.optional(z.string()),
  deposed: z.optional(z.string()),
  change: changeContract,
  action_reason: z.optional(z.string()),
});

const actionInvocationContract = z.object({
  address: z.string(),
  type: z.optional(z.string()),
  config_values: z.optional(z.unknown()),
  config_sensitive: z.optional(z.unknown()),
  config_unknown: z.optional(z.unknown()),
  lifecycle_action_trigger: z.optional(
    z.object({
      triggering_resource_address: z.optional(z.string()),
      action_trigger_event: z.optional(z.string()),
      on_failure: z.optional(z.string()),
    }),
  ),
});

const configResource = z.object({
  address: z.string(),
  mode: z.optional(z.string()),
  type: z.string(),
  provider_config_key: z.optional(z.string()),
  expressions: z.optional(values),
  provisioners: z.optional(z.array(z.object({ type: z.string(), expressions: z.optional(values) }))),
});

export interface ConfigModule {
  resources?: z.infer<typeof configResource>[] | undefined;
  variables?: Record<string, { sensitive?: boolean | undefined; default?: unknown }> | undefined;
  module_calls?:
    | Record<string, { module?: ConfigModule | undefined; expressions?: Record<string, unknown> | undefined }>
    | undefined;
}

const configModule: z.ZodMiniType<ConfigModule> = z.lazy(() =>
  z.object({
    resources: z.optional(z.array(configResource)),
    variables: z.optional(
      z.record(z.string(), z.object({ sensitive: z.optional(z.boolean()), default: z.optional(z.unknown()) })),
    ),
    module_calls: z.optional(
      z.record(z.string(), z.object({ module: z.optional(configModule), expressions: z.optional(values) })),
    ),
  }),
);

export interface StateModule {
  resources?:
    | {
        address: string;
        type: string;
        mode: string;
        name: string;
        provider_name?: string | undefined;
        values?: Record<string, unknown> | undefined;
        sensitive_values?: unknown;
      }[]
    | undefined;
  child_modules?: StateModule[] | undefined;
}

const stateModule: z.ZodMiniType<StateModule> = z.lazy(() =>
  z.object({
    resources: z.optional(
      z.array(
        z.object({
          address: z.string(),
          type: z.string(),
          mode: z.string(),
          name: z.string(),
          provider_name: z.optional(z.string()),
          values: z.optional(values),
          sensitive_values: z.optional(z.unknown()),
        }),
      ),
    ),
    child_modules: z.optional(z.array(stateModule)),
  }),
);

export const stateValuesContract = z.object({
  outputs: z.optional(
    z.record(z.string(), z.object({ sensitive: z.optional(z.boolean()), value: z.optional(z.unknown()) })),
  ),
  root_module: z.optional(stateModule),
});

export const planContract = z.object({
  format_version: z.string(),
  terraform_version: z.optional(z.string()),
  variables: z.optional(z.record(z.string(), z.object({ value: z.optional(z.unknown()) }))),
  planned_values: z.optional(stateValuesContract),
  resource_changes: z.optional(z.array(resourceChangeContract)),
  resource_drift: z.optional(z.array(resourceChangeContract)),
  output_changes: z.optional(z.record(z.string(), changeContract)),
  action_invocations: z.optional(z.array(actionInvocationContract)),
  prior_state: z.optional(z.object({ values: z.optional(stateValuesContract) })),
  configuration: z.optional(
    z.object({
      provider_config: z.optional(
        z.record(
          z.string(),
          z.object({
            name: z.optional(z.string()),
            full_name: z.optional(z.string()),
            alias: z.optional(z.string()),
            module_address: z.optional(z.string()),
            expressions: z.optional(values),
          }),
        ),
      ),
      root_module: z.optional(configModule),
    }),
  ),
  timestamp: z.optional(z.string()),
  applyable: z.optional(z.boolean()),
  complete: z.optional(z.boolean()),
  errored: z.optional(z.boolean()),
});

export type PlanJson = z.infer<typeof planContract>;
export type ResourceChangeJson = z.infer<typeof resourceChangeContract>;
export type ChangeJson = z.infer<typeof changeContract>;
