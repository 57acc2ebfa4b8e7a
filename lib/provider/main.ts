// The provider's executable; bundled into one file. Nothing may write to stdout before the handshake.
import { protectStdout } from "../terraform-plugin/protect-stdout";
import { PROVIDER_NAME, PROVIDER_SOURCE } from "../package/identity";
import { start } from "./start";

protectStdout();
void start(
  { name: PROVIDER_NAME, source: PROVIDER_SOURCE },
  async () => (await import("./definition")).outboundProvider,
);
