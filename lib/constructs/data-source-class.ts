import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import { PROVIDER_VERSION } from "../package/identity";
import type { Attributes, Schema } from "../terraform-plugin/schema";
import { TerraformDataSource, type IResolvable } from "./cdktf";
import { defineTokens } from "./attribute-tokens";
import { inOneLibrary } from "./one-library";
import type { AttributeTokens, PropsOf } from "./props";
import { toHcl, toTerraform, type Props } from "./synthesis";
import { useOutboundProvider } from "./use-provider";
import { literalSecrets, validateProps } from "./validation";

/** A data source of the provider as a construct, straight from its schema. */
export class SchemaDataSource<S extends Schema = Schema> extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    readonly schema: S,
    readonly input: PropsOf<S>,
  ) {
    const { dependsOn, count, provider, lifecycle, forEach } = input;
    super(inOneLibrary(scope), id, {
      terraformResourceType: schema.type,
      terraformGeneratorMetadata: { providerName: "outbound", providerVersion: PROVIDER_VERSION },
      dependsOn,
      count,
      provider,
      lifecycle,
      forEach,
    });
    const literals = literalSecrets(schema.attributes, input as Props, "writeOnly");
    if (literals.length > 0) throw new ProblemError(...literals);
    // Secrets of the environment add a block to the stack, as in the resource class.
    toTerraform(schema.attributes, input as Props, this);
    this.node.addValidation({ validate: () => validateProps(this, schema, input as Props) });
    useOutboundProvider(this);
  }

  /** A reference to an attribute by its Terraform name. */
  attribute(name: keyof S["attributes"] & string): IResolvable {
    return this.interpolationForAttribute(name);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return toTerraform(this.schema.attributes, this.input as Props, this);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return toHcl(this.schema.attributes, this.input as Props, this);
  }
}

/** The class that {@link dataSourceClass} returns. */
export interface DataSourceClass<S extends Schema> {
  new (scope: Construct, id: string, props: PropsOf<S>): SchemaDataSource<S> & AttributeTokens<AttributesOf<S>>;
  readonly tfResourceType: string;
}

type AttributesOf<S> = S extends Schema<infer A extends Attributes> ? A : never;

/** Returns a construct class for a data source. */
export function dataSourceClass<S extends Schema>(schema: S): DataSourceClass<S> {
  class Generated extends SchemaDataSource<S> {
    static readonly tfResourceType = schema.type;

    constructor(scope: Construct, id: string, props: PropsOf<S>) {
      super(scope, id, schema, props);
    }
  }
  defineTokens(Generated.prototype, schema.attributes);
  // defineTokens adds a getter to the prototype for each attribute, which no class declaration can express.
  return Generated as unknown as DataSourceClass<S>;
}
