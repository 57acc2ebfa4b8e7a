import { dataSourceClass } from "../../constructs/data-source-class";
import { resourceClass } from "../../constructs/resource-class";
import { existingDefinitionSchema } from "./alert-definition.data-schema";
import { alertDefinitionMemberSchema } from "./alert-definition-member.schema";
import { alertDefinitionSchema } from "./alert-definition.schema";
import { monitorGroupSchema, monitorSchema, operatorGroupSchema, operatorSchema } from "./candidate.schema";
import { escalationLevelMemberSchema } from "./escalation-level-member.schema";
import { escalationLevelSchema } from "./escalation-level.schema";
import { integrationAttachmentSchema } from "./integration-attachment.schema";
import { integrationSchema } from "./integration.schema";

/** The `outbound_uptrends_alert_definition` resource by itself. */
export class UptrendsAlertDefinition extends resourceClass(alertDefinitionSchema) {}

/** The `outbound_uptrends_escalation_level` resource by itself. */
export class UptrendsEscalationLevel extends resourceClass(escalationLevelSchema) {}

/** The `outbound_uptrends_alert_definition_member` resource by itself: one monitor, or one monitor group. */
export class UptrendsAlertDefinitionMember extends resourceClass(alertDefinitionMemberSchema) {}

/** The `outbound_uptrends_escalation_level_member` resource by itself: one operator, or one operator group. */
export class UptrendsEscalationLevelMember extends resourceClass(escalationLevelMemberSchema) {}

/** The `outbound_uptrends_integration_attachment` resource by itself. */
export class UptrendsIntegrationAttachment extends resourceClass(integrationAttachmentSchema) {}

/** The `outbound_uptrends_integration` data source: an integration made by hand, found by its exact name. */
export class DataUptrendsIntegration extends dataSourceClass(integrationSchema) {}

/** The `outbound_uptrends_alert_definition` data source: an existing definition, found by its exact name. */
export class DataUptrendsAlertDefinition extends dataSourceClass(existingDefinitionSchema) {}

/** The `outbound_uptrends_monitor` data source: a monitor, found by its exact name. */
export class DataUptrendsMonitor extends dataSourceClass(monitorSchema) {}

/** The `outbound_uptrends_monitor_group` data source: a monitor group, found by its exact description. */
export class DataUptrendsMonitorGroup extends dataSourceClass(monitorGroupSchema) {}

/** The `outbound_uptrends_operator` data source: an operator, found by the exact full name. */
export class DataUptrendsOperator extends dataSourceClass(operatorSchema) {}

/** The `outbound_uptrends_operator_group` data source: an operator group, found by its exact description. */
export class DataUptrendsOperatorGroup extends dataSourceClass(operatorGroupSchema) {}
