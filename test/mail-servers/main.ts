import { once } from "node:events";
import { whyNoServers } from "./requirements";
import { startWorld } from "./world";

/** Keeps the mail servers running until Ctrl-C or the end of the input: `npx tsx test/mail-servers/main.ts`. */
async function main(): Promise<void> {
  const none = whyNoServers();
  if (none !== undefined) throw new Error(`no mail servers here: ${none.why}`);
  const world = await startWorld();
  console.log(JSON.stringify(world.servers, null, 2));
  process.stdin.resume();
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), once(process.stdin, "end")]);
  await world.stop();
  process.exit();
}

void main();
