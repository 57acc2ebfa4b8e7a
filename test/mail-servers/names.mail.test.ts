import { runProbe } from "../../lib/mail/diagnosis/run-probe";
import { DNS, TCP } from "../../lib/mail/stage/stage";
import { DOMAIN, PEOPLE } from "./people";
import { describeWithServers, runtime, target, watch } from "./servers";
import { servers } from "./where";

/** What a probe finds out about a name. swaks asks the system's resolver only, so it has no opinion on these. */
async function probe(host: string, to = PEOPLE.oncall.address) {
  const outcome = await runProbe(target(servers().smtp.submission, { host, to: [to] }), runtime(), watch);
  const stage = (name: string) => outcome.stages.find((one) => one.name === name);
  return { outcome, stage };
}

describeWithServers("a host", () => {
  test("with two addresses of which the IPv6 one is dead works, with a warning", async () => {
    const { outcome, stage } = await probe(`dual.${DOMAIN}`);
    expect(outcome.ok).toBe(true);
    expect(stage(DNS)!.detail).toMatch(/127\.0\.0\.1.*::1|::1.*127\.0\.0\.1/);
    expect(stage(TCP)).toMatchObject({ status: "warning", detail: expect.stringContaining("[::1]") });
    expect(stage(TCP)!.remedy).toMatch(/\w/);
  });

  test("with a dead IPv6 address and no other is not reached", async () => {
    const { stage } = await probe(`six.${DOMAIN}`);
    // Machines without IPv6 do not even try.
    expect(stage(TCP)).toMatchObject({ status: "failed" });
    expect(["mail/connection-refused", "mail/unreachable"]).toContain(stage(TCP)!.problem?.code);
  });

  test("that is a mail domain is told from a server, and its servers are named", async () => {
    const { stage } = await probe(`mxonly.${DOMAIN}`);
    expect(stage(DNS)).toMatchObject({ status: "failed", problem: { code: "mail/host-is-mail-domain" } });
    expect(stage(DNS)!.remedy).toContain(`mail.${DOMAIN}`);
  });

  test("that takes no mail at all is no server either", async () => {
    const { stage } = await probe(`nullmx.${DOMAIN}`);
    expect(stage(DNS)).toMatchObject({ status: "failed", problem: { code: "mail/no-such-host" } });
  });

  test("that exists, but without an address, and one that does not exist are both said not to resolve", async () => {
    for (const host of [`textonly.${DOMAIN}`, `absent.${DOMAIN}`, "absent.example.com"]) {
      expect((await probe(host)).stage(DNS)).toMatchObject({
        status: "failed",
        problem: { code: "mail/no-such-host" },
      });
    }
  });
});

describeWithServers("the domain of a receiver", () => {
  test("that takes no mail is a warning, for the server may know better", async () => {
    const domain = `nullmx.${DOMAIN}`;
    const { stage } = await probe(`mail.${DOMAIN}`, `somebody@${domain}`);
    expect(stage(`MX ${domain}`)).toMatchObject({ status: "warning", problem: { code: "mail/null-mx" } });
  });

  test("with a mail server of its own passes", async () => {
    const { stage } = await probe(`mail.${DOMAIN}`);
    expect(stage(`MX ${DOMAIN}`)).toMatchObject({ status: "passed" });
  });
});
