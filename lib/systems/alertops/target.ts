import type { Construct } from "constructs";
import { EphemeralBlock, type EphemeralProps } from "../../constructs/ephemeral-block";
import { checkOptions, optional, required, type Shape } from "../../constructs/options";
import { PROVIDER_BLOCK, type ProviderBlock } from "../../constructs/provider-block";
import type { PropsOf } from "../../constructs/props";
import { resourceClass } from "../../constructs/resource-class";
import type { Secret } from "../../constructs/secret";
import { listText } from "../../constructs/text";
import type { BoundInbound, InboundTarget } from "../../constructs/target";
import { inboundIntegrationSchema } from "./inbound-integration.schema";
import { inboundUrlSchema, type InboundUrlSchema } from "./inbound-url.schema";

/** The `outbound_alertops_inbound_integration` resource by itself. */
export class AlertOpsInboundIntegration extends resourceClass(inboundIntegrationSchema) {}

/** The URL of an inbound integration while Terraform runs: `ephemeral "outbound_alertops_inbound_integration"`. */
export class AlertOpsInboundUrl extends EphemeralBlock<InboundUrlSchema> {
  constructor(scope: Construct, id: string, props: EphemeralProps<InboundUrlSchema>) {
    super(scope, id, inboundUrlSchema, props);
  }

  /** The URL, for write-only attributes. */
  get apiUrl(): Secret {
    return this.secret("api_url");
  }
}

type InboundIntegrationProps = PropsOf<typeof inboundIntegrationSchema>;

export interface InboundIntegrationOptions {
  /** The name in AlertOps. A new name makes a new integration; the old one is deleted when nothing uses it any more. */
  readonly name: string;
  /** The escalation policy, by its exact name. @default none */
  readonly escalationPolicy?: string;
  /** Groups that are notified as well, by their exact names. @default none */
  readonly recipientGroups?: readonly string[];
  /** Users that are notified as well, by their exact user names. @default none */
  readonly recipientUsers?: readonly string[];
  /** @default true */
  readonly enabled?: boolean;
  /**
   * An existing integration made from a predefined one, such as Uptrends, by its exact name: this one uses its template.
   *
   * @default none
   */
  readonly templateFrom?: string;
  /** The template's number, where it is known. @default that of `templateFrom` */
  readonly templateId?: number;
  /** The meaning of a message's fields, for senders without a predefined integration. @default not managed */
  readonly urlMapping?: InboundIntegrationProps["urlMapping"];
  /** The URL, where AlertOps does not show it and it cannot be derived. @default the one that AlertOps shows */
  readonly apiUrl?: Secret;
  /** Take over an integration of this name although it differs. @default false */
  readonly adoptExisting?: boolean;
  /** @default the stack's OutboundProvider without an alias */
  readonly provider?: ProviderBlock;
}

const OPTIONS: Shape<InboundIntegrationOptions> = {
  name: required("string"),
  escalationPolicy: optional("string"),
  recipientGroups: optional("array"),
  recipientUsers: optional("array"),
  enabled: optional("boolean"),
  templateFrom: optional("string"),
  templateId: optional("number"),
  // The resource checks its parts.
  urlMapping: optional("object"),
  apiUrl: optional("any"),
  adoptExisting: optional("boolean"),
  provider: optional(PROVIDER_BLOCK),
};

/** AlertOps. */
export class AlertOps {
  /** An inbound integration for another system's alerts: `Uptrends.through(AlertOps.inboundIntegration({ ... }), { ... })`. */
  static inboundIntegration(options: InboundIntegrationOptions): InboundTarget {
    checkOptions("AlertOps.inboundIntegration", options, OPTIONS);
    return {
      name: options.name,
      bindInbound: (scope, id) => bind(scope, id, options),
    };
  }
}

function bind(scope: Construct, id: string, { apiUrl, ...options }: InboundIntegrationOptions): BoundInbound {
  const { name, provider, escalationPolicy, recipientGroups = [], recipientUsers = [], enabled } = options;
  const integration = new AlertOpsInboundIntegration(scope, id, {
    ...options,
    // The old URL must work until the sender has the new one.
    lifecycle: { createBeforeDestroy: true },
  });
  const url = new AlertOpsInboundUrl(scope, `${id}-url`, { id: integration.id, apiUrl, provider });
  const told = [escalationPolicy, listText(recipientGroups), listText(recipientUsers)].filter(Boolean);
  return {
    resource: integration,
    system: "alertops",
    id: integration.id,
    url: url.apiUrl,
    fingerprint: `${name} tells ${told.join(", ") || "nobody"}${enabled === false ? " (disabled)" : ""}`,
  };
}
