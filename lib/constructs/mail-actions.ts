import { probeActionSchema } from "../mail/resource/probe-action.schema";
import { sendTestEmailSchema } from "../mail/resource/send-test-email.schema";
import { actionClass } from "./action-class";

/** The action `outbound_probe`: the stages of the test mail up to the receivers, on demand; sends nothing. Needs Terraform 1.14. */
export class ActionProbe extends actionClass(probeActionSchema) {}

/** The action `outbound_send_test_email`: a test mail on demand, whose result is not kept. Needs Terraform 1.14. */
export class ActionSendTestEmail extends actionClass(sendTestEmailSchema) {}
