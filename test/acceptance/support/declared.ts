/** What `terraform show -json` says of a plan, as far as it is read here. */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly configuration: { readonly root_module: { readonly module_calls?: Readonly<Record<string, ModuleCall>> } };
}

interface ResourceChange {
  readonly address: string;
  readonly module_address?: string;
  readonly change: { readonly actions: readonly string[]; readonly after: unknown; readonly after_unknown: unknown };
}

interface Expression {
  readonly constant_value?: unknown;
  readonly references?: readonly string[];
}
type Expressions = Readonly<Record<string, Expression>>;

interface ModuleCall {
  readonly module: {
    readonly resources?: readonly { readonly address: string; readonly expressions?: Expressions }[];
    readonly outputs?: Readonly<Record<string, { readonly expression?: Expression }>>;
  };
}

/** What one module of a plan declares and changes: the same for two modules that say the same in other syntax. */
export function moduleOf(plan: PlanJson, name: string) {
  const { resources = [], outputs = {} } = plan.configuration.root_module.module_calls?.[name]?.module ?? {};
  const prefix = `module.${name}`;
  return {
    resources: Object.fromEntries(resources.map(({ address, expressions = {} }) => [address, mapped(expressions)])),
    outputs: Object.fromEntries(Object.entries(outputs).map(([output, { expression }]) => [output, plain(expression)])),
    changes: Object.fromEntries(
      (plan.resource_changes ?? [])
        .filter(({ module_address }) => module_address === prefix)
        .map(({ address, change: { actions, after, after_unknown } }) => [
          address.slice(prefix.length + 1),
          { actions, after, after_unknown },
        ]),
    ),
  };
}

const mapped = (expressions: Expressions) =>
  Object.fromEntries(Object.entries(expressions).map(([name, expression]) => [name, plain(expression)]));

/** Of a template in JSON syntax Terraform gives the text as well, of one in HCL only what it refers to. */
const plain = (expression: Expression = {}): Expression =>
  expression.references === undefined ? expression : { references: expression.references };
