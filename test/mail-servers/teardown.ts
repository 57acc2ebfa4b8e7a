import { account } from "./second-opinion";

/** Ends what `setup.ts` started, and says what the second opinion came to. */
export default async function teardown(): Promise<void> {
  const { mailWorld } = globalThis;
  if (mailWorld === undefined) return;
  console.log(`\n${await account(mailWorld.servers.folder)}\n`);
  await mailWorld.stop();
}
