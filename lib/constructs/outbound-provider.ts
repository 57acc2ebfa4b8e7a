import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import { providerAttributes, type SystemSettings } from "../provider/attributes";
import { PROVIDER_NAME, PROVIDER_SOURCE, PROVIDER_VERSION } from "../package/identity";
import { CUSTOM_SYNTHESIS, TerraformProvider, TerraformStack, type ISynthesisSession } from "./cdktf";
import { embedProviders, useEmbeddedNull } from "./embedding";
import { ambiguousProvider } from "./errors";
import type { InputOf } from "./props";
import { toHcl, toTerraform, type Props } from "./synthesis";
import { literalSecrets, validateSettings } from "./validation";

/** One optional block for each system: how to reach it and as whom. */
export type SystemProps = {
  readonly [S in keyof SystemSettings]?: InputOf<SystemSettings[S], "sensitive"> | undefined;
};

export interface OutboundProviderProps extends SystemProps {
  /**
   * A name for this configuration, when a stack needs several: one for each vROps, for instance. Hand the
   * provider to the targets that belong to it.
   *
   * @default none: this is the configuration of everything that names no provider
   */
  readonly alias?: string;
  /**
   * Use this package's own `null_resource` instead of hashicorp/null, for machines that cannot reach a registry.
   *
   * @default false
   */
  readonly embedNullProvider?: boolean;
  /**
   * The platforms on which the synthesised stack will be deployed, as Terraform names them: `["linux_amd64", "darwin_arm64"]`.
   *
   * @default the platform of the machine that synthesises
   */
  readonly platforms?: readonly string[];
}

/**
 * The configuration of the `outbound` provider, which comes with this package: at synth it is copied into the
 * stack's directory, so that `cdktf deploy` needs no registry, flags or CLI configuration.
 *
 * Every setting may be left out and come from the vendor's usual environment variable (`OVH_APPLICATION_KEY`,
 * `VROPS_URL`, ...); a stack that declares no OutboundProvider gets one without settings.
 *
 * @throws `constructs/literal-secret` when a secret is a literal.
 */
export class OutboundProvider extends TerraformProvider {
  static readonly tfResourceType = PROVIDER_NAME;
  private readonly props: OutboundProviderProps;

  constructor(scope: Construct, id: string, props: OutboundProviderProps = {}) {
    super(scope, id, {
      terraformResourceType: PROVIDER_NAME,
      terraformProviderSource: PROVIDER_SOURCE,
      terraformGeneratorMetadata: {
        providerName: PROVIDER_NAME,
        providerVersion: PROVIDER_VERSION,
        providerVersionConstraint: PROVIDER_VERSION,
      },
    });
    this.props = props;
    const literals = literalSecrets(providerAttributes, props as Props, "sensitive");
    if (literals.length > 0) throw new ProblemError(...literals);
    // Secrets of the environment add a block to the stack: now, not when it is being written already.
    toTerraform(providerAttributes, props as Props, this);

    const stack = TerraformStack.of(this);
    if (props.alias === undefined && defaultProviders(stack).length > 1) throw new ProblemError(ambiguousProvider());
    if (props.embedNullProvider) useEmbeddedNull(stack);
    this.node.addValidation({ validate: () => validateSettings(this, providerAttributes, props as Props) });
    Object.defineProperty(this, CUSTOM_SYNTHESIS, {
      value: { onSynthesize: (session: ISynthesisSession) => embedProviders(stack, session, props.platforms) },
    });
  }

  override get alias(): string | undefined {
    return this.props.alias;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return toTerraform(providerAttributes, this.props as Props, this);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return toHcl(providerAttributes, this.props as Props, this);
  }
}

function defaultProviders(stack: TerraformStack): TerraformProvider[] {
  return stack
    .allProviders()
    .filter((provider) => provider.terraformResourceType === PROVIDER_NAME && provider.alias === undefined);
}
