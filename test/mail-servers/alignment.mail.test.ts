import { runTest } from "../../lib/mail/diagnosis/run-test";
import { runProbe } from "../../lib/mail/diagnosis/run-probe";
import { type TestRequest } from "../../lib/mail/diagnosis/outcome";
import { DKIM, DMARC, SPF, type Stage } from "../../lib/mail/stage/stage";
import { PEOPLE } from "./people";
import { describeWithServers, mailbox, runtime, target, watch } from "./servers";
import type { ServiceName } from "./services";
import { SELECTOR } from "./signing-filter";
import { SOURCE_IP } from "./zones";
import { servers } from "./where";

type Alignment = NonNullable<TestRequest["alignment"]>;

/** Sends through the service, waits for the arrival and judges the sender; the stages as "status code". */
async function judge(service: ServiceName, from: string, alignment: Partial<Alignment> = {}) {
  const to = target(servers().smtp[service], { from, timeoutMs: 15_000 });
  const outcome = await runTest(
    {
      target: to,
      subject: "alignment",
      via: [],
      mailboxes: [mailbox(PEOPLE.oncall)],
      alignment: { sourceIps: [SOURCE_IP], require: [], ...alignment },
    },
    runtime(),
    watch,
  );
  return { ok: outcome.ok, ...verdicts(outcome.stages) };
}

function verdicts(stages: readonly Stage[]) {
  const verdict = (name: string) => {
    const { status, problem } = stages.find((stage) => stage.name === name)!;
    return problem === undefined ? status : `${status} ${problem.code.replace("mail/", "")}`;
  };
  return { spf: verdict(SPF), dkim: verdict(DKIM), dmarc: verdict(DMARC) };
}

const everything = { require: ["spf", "dkim", "dmarc"] } as const;

describeWithServers("a sender", () => {
  test("whose server signs, and who permits it, passes", async () => {
    expect(await judge("signing", "alerts@aligned.test", everything)).toEqual({
      ok: true,
      spf: "passed",
      dkim: "passed",
      dmarc: "passed",
    });
  });

  test("whose mail is changed after it was signed fails DKIM, and DMARC passes by SPF", async () => {
    expect(await judge("tampering", "alerts@aligned.test", { require: ["dkim"] })).toEqual({
      ok: false,
      spf: "passed",
      dkim: "failed dkim-body-changed",
      dmarc: "passed",
    });
  });

  test("of whom the receiving server thinks otherwise is warned", async () => {
    expect(await judge("opinionated", "alerts@aligned.test")).toEqual({
      ok: true,
      spf: "warning receiver-disagrees",
      dkim: "passed",
      dmarc: "passed",
    });
  });

  test("whose server does not sign is told so", async () => {
    expect(await judge("submission", "alerts@aligned.test")).toMatchObject({ ok: true, dkim: "warning dkim-unsigned" });
  });

  test("whose SPF record asks for suspicion is warned, and passes DMARC by DKIM", async () => {
    expect(await judge("signing", "alerts@softfail.test")).toEqual({
      ok: true,
      spf: "warning spf-softfail",
      dkim: "passed",
      dmarc: "passed",
    });
  });

  test("whose policy is to reject, and whom nothing proves, fails", async () => {
    expect(await judge("tampering", "alerts@rejecting.test", everything)).toEqual({
      ok: false,
      spf: "failed spf-fail",
      dkim: "failed dkim-body-changed",
      dmarc: "failed dmarc-fail-arrived",
    });
  });

  test("whose policy is to reject is told before anything is sent", async () => {
    const to = target(servers().smtp.submission, { from: "alerts@rejecting.test" });
    const outcome = await runProbe(to, runtime(), watch, {
      sourceIps: [SOURCE_IP],
      selectors: [SELECTOR],
      require: ["spf"],
    });
    expect({ ok: outcome.ok, ...verdicts(outcome.stages) }).toMatchObject({ ok: false, spf: "failed spf-fail" });
  });

  test("without any record is told what is missing", async () => {
    expect(await judge("submission", "alerts@unprotected.test")).toEqual({
      ok: true,
      spf: "warning spf-no-record",
      dkim: "warning dkim-unsigned",
      dmarc: "warning dmarc-no-record",
    });
  });
});
