import type { Construct } from "constructs";
import { ProblemError, renderProblem } from "../core/problem";
import { PROVIDER_NAME, PROVIDER_SOURCE, PROVIDER_VERSION } from "../package/identity";
import { platformName, unableToStart } from "../package/install";
import type { Attributes } from "../terraform-plugin/schema";
import { CUSTOM_SYNTHESIS, TerraformProvider, TerraformStack, type ISynthesisSession } from "./cdktf";
import { embedProviders, useEmbeddedNull } from "./embedding";
import { ambiguousProvider } from "./errors";
import { inOneLibrary } from "./one-library";
import type { Made } from "./options";
import { toHcl, toTerraform, type Props } from "./synthesis";
import { literalSecrets, validateSettings, warn } from "./validation";

/** Describes a provider block for {@link checkOptions}. */
export const PROVIDER_BLOCK: Made = {
  name: "OutboundProvider",
  is: (value) => value instanceof ProviderBlock,
  factory: 'new OutboundProvider(this, "second", { alias: "second" })',
};

/** The options of a provider block besides the settings of its systems. */
export interface ProviderBlockOptions {
  /**
   * A name for this configuration, when a stack needs several: one for each vROps, for instance. Pass the provider to the
   * targets that belong to it.
   *
   * @default none: this is the configuration of everything that names no provider
   */
  readonly alias?: string | undefined;
  /**
   * Use this package's own `null_resource` instead of hashicorp/null, for machines that cannot reach a registry.
   *
   * @default false
   */
  readonly embedNullProvider?: boolean | undefined;
  /**
   * The platforms on which the synthesised stack will be deployed, as Terraform names them: `["linux_amd64", "darwin_arm64"]`.
   *
   * @default the platform of the machine that synthesises
   */
  readonly platforms?: readonly string[] | undefined;
}

/**
 * The block `provider "outbound"` of a stack, which gets its systems as attributes: users write an OutboundProvider. Synth
 * copies the provider itself into the stack's directory.
 */
export class ProviderBlock extends TerraformProvider {
  static readonly tfResourceType = PROVIDER_NAME;
  private readonly props: Props & ProviderBlockOptions;

  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: Attributes,
    props: ProviderBlockOptions,
  ) {
    super(inOneLibrary(scope), id, {
      terraformResourceType: PROVIDER_NAME,
      terraformProviderSource: PROVIDER_SOURCE,
      terraformGeneratorMetadata: {
        providerName: PROVIDER_NAME,
        providerVersion: PROVIDER_VERSION,
        providerVersionConstraint: PROVIDER_VERSION,
      },
    });
    this.props = { ...props };
    const literals = literalSecrets(attributes, this.props, "sensitive");
    if (literals.length > 0) throw new ProblemError(...literals);
    // Secrets of the environment add a block to the stack: they must do so now, because at synth it would be too late.
    toTerraform(attributes, this.props, this);

    const stack = TerraformStack.of(this);
    if (props.alias === undefined && defaultProviders(stack).length > 1) throw new ProblemError(ambiguousProvider());
    if (props.embedNullProvider) useEmbeddedNull(stack);
    for (const platform of props.platforms ?? [platformName()]) {
      const unable = unableToStart(platform);
      if (unable !== undefined) warn(this, renderProblem({ ...unable, severity: "warning" }));
    }
    this.node.addValidation({ validate: () => validateSettings(this, attributes, this.props) });
    Object.defineProperty(this, CUSTOM_SYNTHESIS, {
      value: { onSynthesize: (session: ISynthesisSession) => embedProviders(stack, session, props.platforms) },
    });
  }

  override get alias(): string | undefined {
    return this.props.alias;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return toTerraform(this.attributes, this.props, this);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return toHcl(this.attributes, this.props, this);
  }
}

function defaultProviders(stack: TerraformStack): TerraformProvider[] {
  return stack
    .allProviders()
    .filter((provider) => provider.terraformResourceType === PROVIDER_NAME && provider.alias === undefined);
}
