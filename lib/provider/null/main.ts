// The executable of our own `null_resource`; bundled into one file.
import { protectStdout } from "../../terraform-plugin/protect-stdout";
import { NULL_NAME, NULL_SOURCE } from "../../package/identity";
import { start } from "../start";

protectStdout();
void start({ name: NULL_NAME, source: NULL_SOURCE }, async () => (await import("./definition")).nullDefinition);
