import { whyNoServers } from "./requirements";
import { tell } from "./where";
import { startWorld, type World } from "./world";

declare global {
  var mailWorld: World | undefined;
}

/** Once for all tests: starts the servers and tells the tests, by an environment variable, where they are. */
export default async function setup(): Promise<void> {
  const none = whyNoServers();
  if (none === undefined) {
    globalThis.mailWorld = await startWorld();
    tell(globalThis.mailWorld.servers);
    return;
  }
  const { why, excused } = none;
  const sentence = `No mail servers, and so no tests against them. ${why[0]!.toUpperCase()}${why.slice(1)}.`;
  // Where every change is tested they have to be there, if they can be.
  if (process.env["CI"] === "true" && !excused) throw new Error(sentence);
  console.warn(`\n${sentence}\n`);
}
