import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Demo } from "../demo";

/** Does what a nightly pipeline does: finds out whether mail still gets through, and notifies somebody otherwise. */
export async function prove(demo: Demo): Promise<void> {
  const { sandbox, narrator, workspace } = demo;
  const mails = sandbox.inbox.messages.length;
  demo.chapter("Prove: does mail still get through?");
  const proved = await demo.outbound("reconcile", demo.stack, "--prove");
  narrator.quote(proved.output);
  demo.check("all is as declared, and mail gets through", proved.exitCode === 0, "exit code 0", proved.exitCode);
  const sent = sandbox.inbox.messages.length - mails;
  demo.check("a probe sends nothing", sent === 0, "no new mail", sent);

  demo.chapter("Somebody rotates the relay's password");
  await demo.step("the relay takes another password from now on", async () =>
    sandbox.mail.takePassword("rotated-by-somebody"),
  );
  const compared = await demo.outbound("reconcile", demo.stack);
  demo.check("the configuration alone is still in sync", compared.exitCode === 0, "exit code 0", compared.exitCode);
  const listener = await startListener();
  try {
    workspace.variables["ALERT_HOOK"] = listener.url;
    const broken = await demo.outbound("reconcile", demo.stack, "--prove", "--notify", "webhook=ALERT_HOOK");
    narrator.quote(broken.output);
    demo.check(
      "mail that does not get through has an exit code of its own",
      broken.exitCode === 4,
      "exit code 4",
      broken.exitCode,
    );
    demo.check("the login is named as the reason", broken.output.includes("535"), "the server's 535", broken.output);
    const [told = ""] = listener.heard;
    demo.check(
      "somebody is told by another way than that mail",
      told.includes('"state":"failed"'),
      "a call of the webhook",
      told,
    );

    demo.chapter("The password is put right");
    await demo.step("the relay takes the declared password again", async () =>
      sandbox.mail.takePassword(sandbox.mail.password),
    );
    const repaired = await demo.outbound("reconcile", demo.stack, "--prove=send");
    narrator.quote(repaired.output);
    demo.check("mail gets through again: one was sent", repaired.exitCode === 0, "exit code 0", repaired.exitCode);
  } finally {
    delete workspace.variables["ALERT_HOOK"];
    sandbox.mail.takePassword(sandbox.mail.password);
    await listener.close();
  }
}

/** Starts a webhook on this machine that records its notifications. */
async function startListener() {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      heard.push(body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done())));
  return { url: `http://127.0.0.1:${port}/alerts`, heard, close };
}
