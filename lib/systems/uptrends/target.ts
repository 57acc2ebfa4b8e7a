import type { Construct } from "constructs";
import { dataSourceClass } from "../../constructs/data-source-class";
import { checkOptions, optional, required, type Shape } from "../../constructs/options";
import { PROVIDER_BLOCK, type ProviderBlock } from "../../constructs/provider-block";
import type { PropsOf } from "../../constructs/props";
import { resourceClass } from "../../constructs/resource-class";
import { checkInboundTarget, type BoundPlugin, type InboundTarget, type PluginTarget } from "../../constructs/target";
import { numberText } from "../../constructs/text";
import { alertDefinitionSchema } from "./alert-definition.schema";
import { escalationLevelSchema } from "./escalation-level.schema";
import { integrationAttachmentSchema } from "./integration-attachment.schema";
import { integrationSchema } from "./integration.schema";

/** The `outbound_uptrends_alert_definition` resource by itself. */
export class UptrendsAlertDefinition extends resourceClass(alertDefinitionSchema) {}

/** The `outbound_uptrends_escalation_level` resource by itself. */
export class UptrendsEscalationLevel extends resourceClass(escalationLevelSchema) {}

/** The `outbound_uptrends_integration_attachment` resource by itself. */
export class UptrendsIntegrationAttachment extends resourceClass(integrationAttachmentSchema) {}

/** The `outbound_uptrends_integration` data source: an integration made by hand, found by its exact name. */
export class DataUptrendsIntegration extends dataSourceClass(integrationSchema) {}

type LevelProps = PropsOf<typeof escalationLevelSchema>;

export interface UptrendsOptions {
  /** The integration made once by hand, by its exact name; when it is not there, the plan shows the steps. */
  readonly integration: string;
  /** @default "GenericWebhook", which is what AlertOps shows as */
  readonly integrationType?: string;
  /** Its variable for the URL, set to "Specify value in escalation level". @default "ApiUrl" */
  readonly urlVariable?: string;
  /** Which alerts: a definition by name, made when it is not there, or one that is declared elsewhere. */
  readonly alertDefinition: string | UptrendsAlertDefinition;
  /** Which escalation level, counted from 1. @default 1 */
  readonly level?: number;
  /** Settings of the level. @default left as they are */
  readonly levelSettings?: Pick<
    LevelProps,
    | "enabled"
    | "mode"
    | "thresholdErrorCount"
    | "thresholdMinutes"
    | "numberOfReminders"
    | "reminderDelayMinutes"
    | "message"
    | "includeTraceRoute"
  >;
  /** When what Uptrends does not show is sent again. @default "on_change" */
  readonly enforce?: "on_change" | "always";
  /** Take over definition and attachment although they differ. @default false */
  readonly adoptExisting?: boolean;
  /** @default the stack's OutboundProvider without an alias */
  readonly provider?: ProviderBlock;
}

const OPTIONS: Shape<UptrendsOptions> = {
  integration: required("string"),
  integrationType: optional("string"),
  urlVariable: optional("string"),
  alertDefinition: required({
    name: "alert definition",
    is: (value) => typeof value === "string" || value instanceof UptrendsAlertDefinition,
    factory: '"Prod - on-call" or new UptrendsAlertDefinition(this, "definition", { name: "Prod - on-call" })',
  }),
  level: optional("number"),
  levelSettings: optional("object"),
  enforce: optional("string"),
  adoptExisting: optional("boolean"),
  provider: optional(PROVIDER_BLOCK),
};

// Values are checked with the level itself; some may be known to Terraform only.
const LEVEL: Shape<NonNullable<UptrendsOptions["levelSettings"]>> = {
  enabled: optional("any"),
  mode: optional("any"),
  thresholdErrorCount: optional("any"),
  thresholdMinutes: optional("any"),
  numberOfReminders: optional("any"),
  reminderDelayMinutes: optional("any"),
  message: optional("any"),
  includeTraceRoute: optional("any"),
};

/** Uptrends. */
export class Uptrends {
  /**
   * The alerts of an alert definition, through an integration: for SmtpPlugin and AlertMail. Who is told is said by the
   * other side, so the receivers and the SMTP server of the AlertMail play no part.
   *
   * @example
   * alerts.into(
   *   Uptrends.through(AlertOps.inboundIntegration({ name: "Uptrends prod", escalationPolicy: "Standard" }), {
   *     integration: "AlertOps - prod",
   *     alertDefinition: "Prod - on-call",
   *   }),
   * );
   */
  static through(inbound: InboundTarget, options: UptrendsOptions): PluginTarget<never> {
    checkInboundTarget(inbound);
    checkOptions("Uptrends.through", options, OPTIONS);
    if (options.levelSettings !== undefined) {
      checkOptions("Uptrends.through", options.levelSettings, LEVEL, ["levelSettings"]);
    }
    return {
      name: inbound.name,
      kind: "uptrends",
      bindPlugin: (scope, id) => bind(scope, id, inbound, options),
    };
  }
}

function bind(scope: Construct, id: string, target: InboundTarget, options: UptrendsOptions): BoundPlugin<never> {
  const { level = 1, levelSettings, enforce, adoptExisting, provider } = options;
  const { integration, integrationType = "GenericWebhook", urlVariable = "ApiUrl" } = options;
  const inbound = target.bindInbound(scope, "inbound");
  const found = new DataUptrendsIntegration(scope, "integration", {
    name: integration,
    type: integrationType,
    provider,
  });
  const definition = definitionOf(scope, options);
  if (levelSettings !== undefined) {
    new UptrendsEscalationLevel(scope, "level", {
      ...levelSettings,
      alertDefinitionId: definition.id,
      level,
      provider,
    });
  }
  const attachment = new UptrendsIntegrationAttachment(scope, id, {
    alertDefinitionId: definition.id,
    level,
    integrationId: found.id,
    variableValuesWo: { [urlVariable]: inbound.url },
    enforce,
    adoptExisting,
    provider,
    // Detached before the other side goes: an attached dead URL loses alerts without a word.
    dependsOn: [inbound.resource],
  });
  return {
    resource: attachment,
    system: inbound.system,
    id: inbound.id,
    fingerprint: `level ${numberText(level)} through ${integration}, ${inbound.fingerprint}`,
  };
}

function definitionOf(scope: Construct, { alertDefinition, adoptExisting, provider }: UptrendsOptions) {
  if (typeof alertDefinition !== "string") return alertDefinition;
  return new UptrendsAlertDefinition(scope, "definition", { name: alertDefinition, adoptExisting, provider });
}
