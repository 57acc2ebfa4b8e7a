import * as z from "zod";

/**
 * `terraform show -json` of a plan, as far as it is used here. Unknown fields are let through: Terraform adds
 * some in every minor version of the format.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */

const values = z.record(z.string(), z.unknown());

export const changeContract = z.object({
  actions: z.array(z.string()).min(1),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.object({ id: z.string().optional(), unknown: z.boolean().optional() }).optional(),
});

export const resourceChangeContract = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  module_address: z.string().optional(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  provider_name: z.string().optional(),
  deposed: z.string().optional(),
  change: changeContract,
  action_reason: z.string().optional(),
});

const configResource = z.object({
  address: z.string(),
  mode: z.string().optional(),
  type: z.string(),
  provider_config_key: z.string().optional(),
  expressions: values.optional(),
  provisioners: z.array(z.object({ type: z.string(), expressions: values.optional() })).optional(),
});

export interface ConfigModule {
  resources?: z.infer<typeof configResource>[] | undefined;
  variables?: Record<string, { sensitive?: boolean | undefined; default?: unknown }> | undefined;
  module_calls?:
    | Record<string, { module?: ConfigModule | undefined; expressions?: Record<string, unknown> | undefined }>
    | undefined;
}

const configModule: z.ZodType<ConfigModule> = z.lazy(() =>
  z.object({
    resources: z.array(configResource).optional(),
    variables: z
      .record(z.string(), z.object({ sensitive: z.boolean().optional(), default: z.unknown().optional() }))
      .optional(),
    module_calls: z
      .record(z.string(), z.object({ module: configModule.optional(), expressions: values.optional() }))
      .optional(),
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

const stateModule: z.ZodType<StateModule> = z.lazy(() =>
  z.object({
    resources: z
      .array(
        z.object({
          address: z.string(),
          type: z.string(),
          mode: z.string(),
          name: z.string(),
          provider_name: z.string().optional(),
          values: values.optional(),
          sensitive_values: z.unknown().optional(),
        }),
      )
      .optional(),
    child_modules: z.array(stateModule).optional(),
  }),
);

export const stateValuesContract = z.object({
  outputs: z
    .record(z.string(), z.object({ sensitive: z.boolean().optional(), value: z.unknown().optional() }))
    .optional(),
  root_module: stateModule.optional(),
});

export const planContract = z.object({
  format_version: z.string(),
  terraform_version: z.string().optional(),
  variables: z.record(z.string(), z.object({ value: z.unknown().optional() })).optional(),
  planned_values: stateValuesContract.optional(),
  resource_changes: z.array(resourceChangeContract).optional(),
  resource_drift: z.array(resourceChangeContract).optional(),
  output_changes: z.record(z.string(), changeContract).optional(),
  prior_state: z.object({ values: stateValuesContract.optional() }).optional(),
  configuration: z
    .object({
      provider_config: z
        .record(
          z.string(),
          z.object({
            name: z.string().optional(),
            full_name: z.string().optional(),
            alias: z.string().optional(),
            module_address: z.string().optional(),
            expressions: values.optional(),
          }),
        )
        .optional(),
      root_module: configModule.optional(),
    })
    .optional(),
  timestamp: z.string().optional(),
  applyable: z.boolean().optional(),
  complete: z.boolean().optional(),
  errored: z.boolean().optional(),
});

export type PlanJson = z.infer<typeof planContract>;
export type ResourceChangeJson = z.infer<typeof resourceChangeContract>;
export type ChangeJson = z.infer<typeof changeContract>;
