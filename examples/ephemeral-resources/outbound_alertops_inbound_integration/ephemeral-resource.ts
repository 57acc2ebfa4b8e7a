import { App, TerraformStack } from "cdktf";
import {
  AlertOpsInboundIntegration,
  AlertOpsInboundUrl,
  DataUptrendsIntegration,
  OutboundProvider,
  UptrendsAlertDefinition,
  UptrendsIntegrationAttachment,
} from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

const inbound = new AlertOpsInboundIntegration(stack, "uptrends", {
  name: "Uptrends prod",
  templateFrom: "Uptrends",
  escalationPolicy: "Standard",
});

// The URL that alerts are posted to, while Terraform runs: in no plan and no state.
const url = new AlertOpsInboundUrl(stack, "uptrends_url", { id: inbound.id });

// Made once by hand: the Uptrends API cannot create integrations.
const integration = new DataUptrendsIntegration(stack, "alertops", { name: "AlertOps - prod", type: "GenericWebhook" });

const definition = new UptrendsAlertDefinition(stack, "oncall", { name: "Prod - on-call" });

// It goes where nothing is kept: into a write-only attribute.
new UptrendsIntegrationAttachment(stack, "attachment", {
  alertDefinitionId: definition.id,
  level: 1,
  integrationId: integration.id,
  variableValuesWo: { ApiUrl: url.apiUrl },
});

app.synth();
