import type { Construct } from "constructs";
import { checkOptions, optional, required, type Shape } from "../../constructs/options";
import { PROVIDER_BLOCK, type ProviderBlock } from "../../constructs/provider-block";
import type { PropsOf } from "../../constructs/props";
import { checkInboundTarget, type BoundPlugin, type InboundTarget, type PluginTarget } from "../../constructs/target";
import { numberText } from "../../constructs/text";
import { warn } from "../../constructs/validation";
import { renderProblem } from "../../core/problem";
import type { escalationLevelSchema } from "./escalation-level.schema";
import { declaredForNothing } from "./errors";
import {
  DataUptrendsAlertDefinition,
  DataUptrendsIntegration,
  UptrendsAlertDefinition,
  UptrendsEscalationLevel,
  UptrendsIntegrationAttachment,
} from "./elements.target";
import { addMembers } from "./members.target";

/** An existing alert definition. Made by `Uptrends.existing`. */
export class ExistingAlertDefinition {
  constructor(
    /** Its exact name. */
    readonly name: string,
  ) {}
}

type LevelProps = PropsOf<typeof escalationLevelSchema>;

export interface UptrendsOptions {
  /** The integration, made once by hand, by its exact name; when it does not exist, the plan shows the steps. */
  readonly integration: string;
  /** @default "GenericWebhook", the type of AlertOps' integrations */
  readonly integrationType?: string;
  /** The variable of the integration that holds the URL, set to "Specify value in escalation level". @default "ApiUrl" */
  readonly urlVariable?: string;
  /**
   * The alerts: a definition by name, created when it does not exist; an existing one, `Uptrends.existing("…")`; or one that
   * is declared elsewhere.
   */
  readonly alertDefinition: string | ExistingAlertDefinition | UptrendsAlertDefinition | DataUptrendsAlertDefinition;
  /** The monitors that it alerts for, besides its existing ones: by exact name or by GUID. @default none are added */
  readonly monitors?: readonly string[];
  /** The monitor groups that it alerts for, likewise. @default none are added */
  readonly monitorGroups?: readonly string[];
  /** The operators that the level notifies through integrations for people, likewise. @default none are added */
  readonly operators?: readonly string[];
  /** The operator groups that the level notifies, likewise. @default none are added */
  readonly operatorGroups?: readonly string[];
  /** The number of the escalation level, from 1. @default 1 */
  readonly level?: number;
  /** The settings of the level. @default unchanged */
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
  /** When the fields that Uptrends does not show are sent again. @default "on_change" */
  readonly enforce?: "on_change" | "always";
  /** Takes over definition and attachment although they differ. @default false */
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
    is: (value) =>
      typeof value === "string" ||
      value instanceof ExistingAlertDefinition ||
      value instanceof UptrendsAlertDefinition ||
      value instanceof DataUptrendsAlertDefinition,
    factory: '"Prod - on-call" or Uptrends.existing("Prod - on-call")',
  }),
  monitors: optional("array"),
  monitorGroups: optional("array"),
  operators: optional("array"),
  operatorGroups: optional("array"),
  level: optional("number"),
  levelSettings: optional("object"),
  enforce: optional("string"),
  adoptExisting: optional("boolean"),
  provider: optional(PROVIDER_BLOCK),
};

// The level itself checks the values; only Terraform may know some of them.
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
   * Sends the alerts of an alert definition through an integration, for SmtpPlugin and AlertMail. The other system chooses
   * the receivers, so the receivers and the SMTP server of the AlertMail are not used.
   *
   * @example
   * alerts.into(
   *   Uptrends.through(AlertOps.inboundIntegration({ name: "Uptrends prod", escalationPolicy: "Standard" }), {
   *     integration: "AlertOps - prod",
   *     alertDefinition: "Prod - on-call",
   *     monitorGroups: ["Production"],
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

  /**
   * An existing alert definition, by its exact name: nothing of it is managed, and a similar name is an error that quotes
   * it, so that a typing error creates no second definition.
   *
   * @throws `constructs/wrong-type` for anything but a name
   */
  static existing(name: string): ExistingAlertDefinition {
    checkOptions("Uptrends.existing", { name }, { name: required("string") });
    return new ExistingAlertDefinition(name);
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
    // Detached before the other system's endpoint is deleted: an attached dead URL loses alerts silently.
    dependsOn: [inbound.resource],
  });
  addMembers(scope, { alertDefinitionId: definition.id, level, attachment, provider }, options);
  const { alertDefinition: name, monitors = [], monitorGroups = [] } = options;
  if (typeof name === "string" && adoptExisting !== true && monitors.length + monitorGroups.length === 0) {
    warn(attachment, renderProblem(declaredForNothing(name)));
  }
  return {
    resource: attachment,
    system: inbound.system,
    id: inbound.id,
    fingerprint: `level ${numberText(level)} through ${integration}, ${inbound.fingerprint}`,
  };
}

function definitionOf(scope: Construct, { alertDefinition, adoptExisting, provider }: UptrendsOptions) {
  if (alertDefinition instanceof ExistingAlertDefinition) {
    return new DataUptrendsAlertDefinition(scope, "existing-definition", { name: alertDefinition.name, provider });
  }
  if (typeof alertDefinition !== "string") return alertDefinition;
  return new UptrendsAlertDefinition(scope, "definition", { name: alertDefinition, adoptExisting, provider });
}
