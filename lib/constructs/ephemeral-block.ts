import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import type { Schema } from "../terraform-plugin/schema";
import { TerraformElement, TerraformStack, type TerraformProvider } from "./cdktf";
import { writeBesideHcl } from "./ephemeral-in-hcl";
import { inOneLibrary } from "./one-library";
import type { InputOf } from "./props";
import { Secret } from "./secret";
import { isSecret } from "./secret-mark";
import { toTerraform, type Props } from "./synthesis";
import { useOutboundProvider } from "./use-provider";
import { literalSecrets, validateProps } from "./validation";

/** The props of an ephemeral block: secrets as Secret, everything else as usual. */
export type EphemeralProps<S> = (S extends Schema<infer A> ? InputOf<A, "sensitive"> : never) & {
  /** @default the stack's OutboundProvider without an alias */
  readonly provider?: TerraformProvider;
};

/** An `ephemeral` block of the provider, straight from its schema. CDKTF 0.21 has no construct for such blocks. */
export class EphemeralBlock<S extends Schema = Schema> extends TerraformElement {
  private readonly block: Props;

  constructor(
    scope: Construct,
    id: string,
    readonly schema: S,
    props: EphemeralProps<S>,
  ) {
    super(inOneLibrary(scope), id);
    const { provider, ...values } = props as Props & { readonly provider?: TerraformProvider };
    const literals = literalSecrets(schema.attributes, values, "sensitive");
    if (literals.length > 0) throw new ProblemError(...literals);
    this.block = {
      ...(provider === undefined ? {} : { provider: provider.fqn }),
      ...toTerraform(schema.attributes, values, this),
    };
    // A secret is only known to Terraform: a reference to one is not checked here.
    const checkable = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, isSecret(value) ? value.in(this) : value]),
    );
    this.node.addValidation({ validate: () => validateProps(this, schema, checkable) });
    useOutboundProvider(TerraformStack.of(this));
    writeBesideHcl(this);
  }

  /** One of its values as a Secret, for write-only attributes and provider settings. */
  secret(attribute: keyof S["attributes"] & string): Secret {
    const name = this.friendlyUniqueId;
    return Secret.ephemeral(
      `${attribute} of ${this.schema.type}`,
      `\${ephemeral.${this.schema.type}.${name}.${attribute}}`,
    );
  }

  override toTerraform(): unknown {
    return { ephemeral: { [this.schema.type]: { [this.friendlyUniqueId]: this.block } } };
  }

  override toHclTerraform(): unknown {
    return {};
  }
}
