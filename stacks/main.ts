import { App } from "cdktf";
import { environmentNames, loadEnvironment } from "./environments";
import { addStacks } from "./split";

/**
 * The app of cdktf.json. `OUTBOUND_ENVIRONMENT=production npx cdktf deploy`, or `"context": { "environment": "production" }`
 * in cdktf.json, chooses the environment.
 *
 * @default sandbox
 */
const app = new App();
const context = app.node.tryGetContext("environment") as string | undefined;
const name = process.env["OUTBOUND_ENVIRONMENT"] || context || "sandbox";

// The name of a stack becomes that of its state, so environments never share one.
const stackName = (environment: string) => `outbound-${environment}`;
addStacks(app, stackName(name), loadEnvironment(name, process.env), environmentNames().map(stackName));
app.synth();
