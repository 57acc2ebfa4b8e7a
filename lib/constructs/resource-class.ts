import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import { PROVIDER_VERSION } from "../package/identity";
import type { Attributes, Schema } from "../terraform-plugin/schema";
import type { TerraformProvider } from "./cdktf";
import { ImportableResource, TerraformResource, type IResolvable } from "./cdktf";
import { defineTokens } from "./attribute-tokens";
import { withBareReferences } from "./hcl-references";
import { inOneLibrary } from "./one-library";
import { watchForTwins } from "./one-object-each";
import type { AttributeTokens, PropsOf } from "./props";
import { toHcl, toTerraform, type Props } from "./synthesis";
import { useOutboundProvider } from "./use-provider";
import { literalSecrets, validateProps } from "./validation";

/** A resource of the provider as a construct, straight from its schema. */
export class SchemaResource<S extends Schema = Schema> extends TerraformResource {
  private props: Props;

  constructor(
    scope: Construct,
    id: string,
    readonly schema: S,
    props: PropsOf<S>,
  ) {
    const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = props;
    super(inOneLibrary(scope), id, {
      terraformResourceType: schema.type,
      terraformGeneratorMetadata: { providerName: "outbound", providerVersion: PROVIDER_VERSION },
      dependsOn,
      count,
      provider,
      lifecycle,
      forEach,
      provisioners,
      connection,
    });
    this.props = this.checked(props);
    this.node.addValidation({ validate: () => validateProps(this, schema, this.props) });
    watchForTwins(this);
    useOutboundProvider(this);
  }

  /** The declared props, in camelCase. */
  get input(): PropsOf<S> {
    return this.props as PropsOf<S>;
  }

  /** Changes the declared props; `undefined` removes a value. Works until the stack is synthesised. */
  set(changes: Partial<PropsOf<S>>): void {
    this.props = this.checked({ ...this.props, ...changes });
  }

  /** A reference to an attribute by its Terraform name: `attribute("flow_id")`. */
  attribute(name: keyof S["attributes"] & string): IResolvable {
    return this.interpolationForAttribute(name);
  }

  private checked(props: Props): Props {
    const literals = literalSecrets(this.schema.attributes, props, "writeOnly");
    if (literals.length > 0) throw new ProblemError(...literals);
    // Secrets of the environment add a block to the stack: they must do so now, because at synth it would be too late.
    toTerraform(this.schema.attributes, props, this);
    return props;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return toTerraform(this.schema.attributes, this.props, this);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return toHcl(this.schema.attributes, this.props, this);
  }

  override toHclTerraform(): unknown {
    return withBareReferences(super.toHclTerraform());
  }
}

/** The class that {@link resourceClass} returns. */
export interface ResourceClass<S extends Schema> {
  new (scope: Construct, id: string, props: PropsOf<S>): SchemaResource<S> & AttributeTokens<AttributesOf<S>>;
  readonly tfResourceType: string;
  /** Makes `cdktf plan` generate the configuration of an existing object. */
  generateConfigForImport(
    scope: Construct,
    toId: string,
    fromId: string,
    provider?: TerraformProvider,
  ): ImportableResource;
}

type AttributesOf<S> = S extends Schema<infer A extends Attributes> ? A : never;

/** Returns a construct class for a resource: `class OvhVropsFlow extends resourceClass(flowSchema) {}`. */
export function resourceClass<S extends Schema>(schema: S): ResourceClass<S> {
  class Generated extends SchemaResource<S> {
    static readonly tfResourceType = schema.type;

    static generateConfigForImport(scope: Construct, toId: string, fromId: string, provider?: TerraformProvider) {
      return new ImportableResource(scope, toId, { terraformResourceType: schema.type, importId: fromId, provider });
    }

    constructor(scope: Construct, id: string, props: PropsOf<S>) {
      super(scope, id, schema, props);
    }
  }
  defineTokens(Generated.prototype, schema.attributes);
  // defineTokens adds a getter to the prototype for each attribute, which no class declaration can express.
  return Generated as unknown as ResourceClass<S>;
}
