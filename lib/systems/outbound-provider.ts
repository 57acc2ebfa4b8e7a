import type { Construct } from "constructs";
import type { InputOf } from "../constructs/props";
import { ProviderBlock, type ProviderBlockOptions } from "../constructs/provider-block";
import type { SystemSettings } from ".";
import type { HttpAttributes } from "./kit/http-settings";
import { providerAttributes } from "./provider-attributes";

/** One optional block for each system: how to reach it and by which login. */
export type SystemProps = {
  readonly [S in keyof SystemSettings]?: InputOf<SystemSettings[S], "sensitive"> | undefined;
};

/** The time-out and retries for all systems; each system's block may override them. */
export type HttpProps = InputOf<HttpAttributes, "sensitive">;

export interface OutboundProviderProps extends SystemProps, HttpProps, ProviderBlockOptions {}

/**
 * The configuration of the `outbound` provider, which is part of this package: at synth it is copied into the stack's
 * directory, so that `cdktf deploy` needs no registry, flags or CLI configuration. Every setting may be omitted and come
 * from the vendor's usual environment variable (`OVH_APPLICATION_KEY`, `VROPS_URL`, ...); a stack that declares no
 * OutboundProvider gets one without settings.
 *
 * @throws `constructs/literal-secret` when a secret is a literal.
 */
export class OutboundProvider extends ProviderBlock {
  constructor(scope: Construct, id: string, props: OutboundProviderProps = {}) {
    super(scope, id, providerAttributes, props);
  }
}
