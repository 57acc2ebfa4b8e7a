import { smtpProbeSchema } from "../mail/resource/smtp-probe.schema";
import { dataSourceClass } from "./data-source-class";

/** The `outbound_smtp_probe` data source: the stages of the test mail up to the receivers; sends nothing. */
export class DataSmtpProbe extends dataSourceClass(smtpProbeSchema) {}
