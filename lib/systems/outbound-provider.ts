import type { Construct } from "constructs";
import type { InputOf } from "../constructs/props";
import { ProviderBlock, type ProviderBlockOptions } from "../constructs/provider-block";
import type { SystemSettings } from ".";
import type { HttpAttributes } from "./kit/http-settings";
import { providerAttributes } from "./provider-attributes";

/** One optional block for each system: how to reach it and as whom. */
export type SystemProps = {
  readonly [S in keyof SystemSettings]?: InputOf<SystemSettings[S], "sensitive"> | undefined;
};

/** How patient the provider is with all systems; each system's block may say otherwise. */
export type HttpProps = InputOf<HttpAttributes, "sensitive">;

export interface OutboundProviderProps extends SystemProps, HttpProps, ProviderBlockOptions {}

/**
 * The configuration of the `outbound` provider, which comes with this package: at synth it is copied into the
 * stack's directory, so that `cdktf deploy` needs no registry, flags or CLI configuration.
 *
 * Every setting may be left out and come from the vendor's usual environment variable (`OVH_APPLICATION_KEY`,
 * `VROPS_URL`, ...); a stack that declares no OutboundProvider gets one without settings.
 *
 * @throws `constructs/literal-secret` when a secret is a literal.
 */
export class OutboundProvider extends ProviderBlock {
  constructor(scope: Construct, id: string, props: OutboundProviderProps = {}) {
    super(scope, id, providerAttributes, props);
  }
}
