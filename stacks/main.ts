import { App } from "cdktf";
import { loadEnvironment } from "./environments";
import { OutboundAlertsStack } from "./outbound-alerts-stack";

/**
 * The app of cdktf.json. Which environment: `OUTBOUND_ENVIRONMENT=production npx cdktf deploy`, or
 * `"context": { "environment": "production" }` in cdktf.json. @default sandbox
 */
const app = new App();
const context = app.node.tryGetContext("environment") as string | undefined;
const name = process.env["OUTBOUND_ENVIRONMENT"] || context || "sandbox";

// The stack's name is part of the state's: environments never share one.
new OutboundAlertsStack(app, `outbound-${name}`, loadEnvironment(name, process.env));
app.synth();
