/** SMTP probe, test mail and diagnosis. Light at import: nodemailer is loaded when a mail is sent. */
export type { ReceiverResult, ReceiverStatus } from "./receiver";
export type { SenderAlignment } from "./proof";
export { reportToSandbox, type TestKind, type TestReport } from "./report-to-sandbox";
export { renderStages, stageRows, type StageRow } from "./report";
export { runProbe, runTest, type ProbeOutcome, type TestOutcome, type TestRequest, type Watch } from "./run-test";
export type { MailRuntime, ProbeRuntime, Resolver } from "./runtime";
export type { Security } from "./security";
export { smtpProbeData } from "./smtp-probe.data";
export { smtpProbeSchema } from "./smtp-probe.schema";
export { failedStages, type Stage, type StageStatus } from "./stage";
export type { Target } from "./target";
export { testEmailResource } from "./test-email.resource";
export { testEmailSchema } from "./test-email.schema";
