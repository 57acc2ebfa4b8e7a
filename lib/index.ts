/** Outbound alert mail as code: the constructs, what they take, and the systems they know. */

// What is missing of CDKTF is reported at import: the rest is loaded at its first use.
import "./constructs/cdktf";

export {
  AlertMail,
  type AlertMailProps,
  type IntoOptions,
  type RouteOptions,
  type ThroughOptions,
} from "./constructs/alert-mail";
export { AlertRoute, type AlertRouteProps } from "./constructs/alert-route";
export { Destination } from "./constructs/destination";
export { useEmbeddedNull } from "./constructs/embedding";
export { OutboundFn } from "./constructs/outbound-fn";
export { Mailbox, type ImapOptions, type MailboxLogin, type MailboxOptions } from "./constructs/mailbox";
export { OutboundFlow, type OutboundFlowProps } from "./constructs/outbound-flow";
export { ProviderBlock, type ProviderBlockOptions } from "./constructs/provider-block";
export { Port } from "./constructs/port";
export {
  ActionSendTestEmail,
  PostDeployTest,
  TestEmail,
  type PostDeployTestOptions,
  type PostDeployTestProps,
} from "./constructs/post-deploy-test";
export { Receiver } from "./constructs/receiver";
export { Secret, type SecretOptions } from "./constructs/secret";
export type { SenderAlignment } from "./constructs/sender-alignment";
export { ActionProbe, DataSmtpProbe } from "./constructs/smtp-probe";
export { SmtpPlugin, type SmtpPluginProps } from "./constructs/smtp-plugin";
export type { GmailProps, MailboxProps, Microsoft365Props } from "./constructs/presets";
export { SmtpServer, type Login, type Security, type Sender, type SmtpServerProps } from "./constructs/smtp-server";

// For bindings of further systems.
export {
  actionClass,
  SchemaAction,
  type ActionClass,
  type ActionEvent,
  type ActionProps,
} from "./constructs/action-class";
export { dataSourceClass, SchemaDataSource, type DataSourceClass } from "./constructs/data-source-class";
export { EphemeralBlock } from "./constructs/ephemeral-block";
export { resourceClass, SchemaResource, type ResourceClass } from "./constructs/resource-class";
export type { AttributeTokens, InputOf, PropsOf } from "./constructs/props";
export type {
  BoundFlow,
  BoundInbound,
  BoundPlugin,
  BoundRoute,
  FlowRequest,
  FlowTarget,
  InboundTarget,
  PluginRequest,
  PluginTarget,
  RouteRequest,
} from "./constructs/target";
export { ProblemError, type Problem } from "./core/problem";
export type { AlignmentCheck } from "./mail/resource/alignment.schema";
export type { Mechanism } from "./mail/resource/connection.schema";

// The rules, at synth and in reviews.
export type { Finding, FindingSeverity } from "./core/finding";
export type { Acknowledgement } from "./policy/acknowledgement";
export type { PolicyReport, RuleResult } from "./policy/evaluate";
export type { PolicyOptions } from "./policy/options";
export { Policy } from "./policy/policy";

export { OutboundProvider, type OutboundProviderProps, type SystemProps } from "./systems/outbound-provider";
export { Ksaar, KsaarSmtpConnection, type SmtpConnectionOptions } from "./systems/ksaar/target";
export {
  AlertOps,
  AlertOpsInboundIntegration,
  AlertOpsInboundUrl,
  type InboundIntegrationOptions,
} from "./systems/alertops/target";
export { DataOvhVrops, OvhVrops, OvhVropsFlow, type OvhVropsOptions } from "./systems/ovh-vrops/target";
export {
  DataUptrendsAlertDefinition,
  DataUptrendsIntegration,
  DataUptrendsMonitor,
  DataUptrendsMonitorGroup,
  DataUptrendsOperator,
  DataUptrendsOperatorGroup,
  UptrendsAlertDefinition,
  UptrendsAlertDefinitionMember,
  UptrendsEscalationLevel,
  UptrendsEscalationLevelMember,
  UptrendsIntegrationAttachment,
} from "./systems/uptrends/elements.target";
export { ExistingAlertDefinition, Uptrends, type UptrendsOptions } from "./systems/uptrends/target";
export {
  Vrops,
  VropsEmailPlugin,
  VropsNotificationRule,
  VropsPlugin,
  type StandardEmailOptions,
  type VropsAlerts,
} from "./systems/vrops/target";
export {
  DataUiPathAlertReceivers,
  UiPath,
  UiPathSystemMail,
  UiPathTenantMail,
  UiPathWebhook,
  type SystemMailOptions,
  type TenantMailOptions,
} from "./systems/uipath/target";
