import { probeActionSchema } from "../mail/resource/probe-action.schema";
import { smtpProbeSchema } from "../mail/resource/smtp-probe.schema";
import { actionClass } from "./action-class";
import { dataSourceClass } from "./data-source-class";

/** The `outbound_smtp_probe` data source: the stages of the test mail up to the receivers; sends nothing. */
export class DataSmtpProbe extends dataSourceClass(smtpProbeSchema) {}

/** The action `outbound_probe`: the stages of the test mail up to the receivers, on demand; sends nothing. Needs Terraform 1.14. */
export class ActionProbe extends actionClass(probeActionSchema) {}
