/** SMTP probe, test mail and diagnosis. Light at import: nodemailer is loaded when a mail is sent. */
export type { ReceiverResult, ReceiverStatus } from "./diagnosis/receiver-result";
export type { SenderAlignment } from "./diagnosis/stages/sender-alignment";
export { reportToSandbox, type TestKind, type TestReport } from "./diagnosis/report-to-sandbox";
export { renderStages, stageRows, styledStages, type StageRow } from "./diagnosis/report";
export { runTest } from "./diagnosis/run-test";
export { runProbe } from "./diagnosis/run-probe";
export { type ProbeOutcome, type TestOutcome, type TestRequest, type RunSurroundings } from "./diagnosis/outcome";
export type { MailRuntime } from "./diagnosis/runtime";
export type { ProbeRuntime, Resolver } from "./wire/probe-runtime";
export type { Security } from "./wire/security";
export { smtpProbeData } from "./resource/smtp-probe.data";
export { smtpProbeSchema } from "./resource/smtp-probe.schema";
export { failedStages, kindOf, type Stage, type StageStatus } from "./stage/stage";
export type { Target } from "./smtp/target";
export { testEmailResource } from "./resource/test-email.resource";
export { testEmailSchema } from "./resource/test-email.schema";
