import type { Standing } from "../../../lib/terraform-plugin/ownership/standing";
import { withoutOwnership } from "../../../lib/terraform-plugin/ownership/without-ownership";
import { ProblemError, problemDetail, type Problem } from "../../../lib/core/problem";
import { smtpConnectionResource } from "../../../lib/systems/ksaar/smtp-connection.resource";
import type { SmtpConnectionSchema, SmtpConnectionState } from "../../../lib/systems/ksaar/smtp-connection.schema";
import type { PlanRequest } from "../../../lib/terraform-plugin/resource";
import { isUnknown, UNKNOWN } from "../../../lib/terraform-plugin/values";
import { connection, DOWNGRADED, PASSWORD, REFUSED, Run } from "./room";
import { planning } from "../../support/planning";

async function problemOf(run: () => unknown): Promise<Problem> {
  const error: unknown = await (async () => run())().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problems[0]!;
}

describe("a connection that is declared", () => {
  it("is probed with exactly its settings and its mechanism", async () => {
    const run = new Run();
    await run.create();
    expect(run.probes).toEqual([
      {
        host: "smtp.example.com",
        port: 587,
        security: "starttls-if-offered",
        login: { username: "alerts", password: PASSWORD, mechanism: "LOGIN" },
        from: "alerts@example.com",
        timeoutMs: 60_000,
      },
    ]);
  });

  it("speaks TLS from the first byte on 465 unless it says otherwise", async () => {
    const run = new Run();
    const state = await run.create({ port: 465 });
    expect(state.secure).toBe(true);
    expect(run.probes[0]!.security).toBe("tls");
    expect((await new Run().create({ port: 465, secure: false })).secure).toBe(false);
  });

  it("tells a person what to enter, numbered and without the password", async () => {
    const run = new Run();
    const state = await run.create({ reply_to: "noc@example.com", default_connection: true });
    expect(run.codes()).toEqual(["ksaar/enter-by-hand"]);
    const said = problemDetail(run.reports[0]!);
    expect(said).toContain(state.instructions!);
    for (const part of [
      "1. ",
      "10. ",
      '"Alertes"',
      "noc@example.com",
      "587",
      "LOGIN",
      "Make it the default",
      // As Ksaar's own guide calls them.
      ...["«Connectors»", "«SMTP»", "«Ajouter un service»", "«Modifier»", "«Nom de la connexion»", "«Secure»"],
      ...["«Email de l'expéditeur»", "«Email de réponse»", "«Host»", "«Port»", "«Méthode d'authentification»"],
      ...["«User»", "«Password»"],
      state.digest!,
    ]) {
      expect(state.instructions).toContain(part);
    }
    expect(JSON.stringify([state, run.reports])).not.toContain(PASSWORD);
    expect(run.redactor.redact(PASSWORD)).not.toContain(PASSWORD);
  });

  it("is not made when the server refuses it, and the stages say why", async () => {
    const problem = await problemOf(() => new Run(REFUSED).create());
    expect(problem).toMatchObject({
      code: "ksaar/probe-failed",
      severity: "error",
      evidence: "535 5.7.8 bad credentials",
      attachment: "FAIL  AUTH",
    });
    expect(problem.fix).toContain("Check the password.");
  });

  it("is made in spite of it where a failing probe is only a warning, and unprobed where there is none", async () => {
    const lenient = new Run(REFUSED);
    expect((await lenient.create({ verify: "warn" })).verification).toBe("failed at AUTH");
    expect(lenient.codes()).toEqual(["ksaar/probe-failed", "ksaar/enter-by-hand"]);
    const blind = new Run(REFUSED);
    expect((await blind.create({ verify: "off" })).verification).toContain("not verified");
    expect(blind.probes).toEqual([]);
  });

  it("warns when the server offers no encryption", async () => {
    const run = new Run(DOWNGRADED);
    await run.create();
    expect(run.codes()).toEqual(["ksaar/downgraded", "ksaar/enter-by-hand"]);
  });

  it("cannot be imported, and says what to do instead", async () => {
    const problem = await problemOf(() => smtpConnectionResource.import!("Alertes", new Run().context));
    expect(problem.code).toBe("ksaar/cannot-import");
    expect(problem.fix).toContain("confirmed");
  });
});

describe("an attestation", () => {
  it("holds for what was declared when it was given, and for nothing else", async () => {
    const first = await new Run().create();
    expect(first.attested).toBe(false);
    const run = new Run();
    const attested = await run.update(first, { confirmed: first.digest });
    expect(attested).toMatchObject({ attested: true, digest: first.digest });
    // Nothing to enter and nothing to prove anew.
    expect([run.codes(), run.probes]).toEqual([[], []]);

    const changed = await run.update(attested, { sender: "alarms@example.com" });
    expect(changed.attested).toBe(false);
    expect(run.codes()).toEqual(["ksaar/enter-by-hand"]);
  });

  it.each<[string, Partial<SmtpConnectionState>]>([
    ["name", { name: "Other" }],
    ["sender", { sender: "x@example.com" }],
    ["reply_to", { reply_to: "x@example.com" }],
    ["host", { host: "mx.example.com" }],
    ["port", { port: 25 }],
    ["authentication", { authentication: "PLAIN" }],
    ["username", { username: "x" }],
    ["password_wo_version", { password_wo_version: 2 }],
    ["secure", { secure: true }],
    ["default_connection", { default_connection: true }],
  ])("ends with a change of %s", async (_, change) => {
    const state = await new Run().create();
    expect((await new Run().update({ ...state, confirmed: state.digest }, change)).attested).toBe(false);
  });

  it.each<[string, Partial<SmtpConnectionState>]>([
    ["a reply address that is the sender's", { reply_to: "alerts@example.com" }],
    ["how the probe is made", { ca_certificate: "/etc/ssl/own.pem", verify: "warn" }],
  ])("survives %s", async (_, change) => {
    const state = await new Run().create();
    expect((await new Run().update({ ...state, confirmed: state.digest }, change)).attested).toBe(true);
  });

  it("of a connection that was there before spares the steps", async () => {
    const digest = (await new Run().create()).digest;
    const run = new Run();
    expect((await run.create({ confirmed: digest })).attested).toBe(true);
    expect(run.codes()).toEqual([]);
  });
});

describe("a refresh", () => {
  const read = async (run: Run, prior: SmtpConnectionState) =>
    smtpConnectionResource.read({ prior, private: {}, imported: false }, run.context);

  it("changes nothing, and says that drift is unknown, never that there is none", async () => {
    const state = await new Run().create();
    const run = new Run();
    expect(await read(run, state)).toEqual(state);
    expect(state.drift).toMatch(/^unknown/);
    expect(run.codes()).toEqual(["ksaar/drift-unknown"]);
    expect(run.reports[0]!.got).toContain("nobody has confirmed");
    expect(run.probes).toEqual([]);
  });

  it("says so too when somebody has confirmed the declaration", async () => {
    const state = await new Run().create();
    const run = new Run();
    await read(run, { ...state, confirmed: state.digest });
    expect(run.reports[0]).toMatchObject({ code: "ksaar/drift-unknown" });
    expect(run.reports[0]!.got).toContain("somebody has confirmed");
  });
});

describe("a plan", () => {
  async function planned(run: Run, wanted: SmtpConnectionState, prior: SmtpConnectionState | null = null) {
    const request: PlanRequest<SmtpConnectionSchema> = {
      prior,
      planned: { ...wanted, digest: UNKNOWN, instructions: UNKNOWN },
      config: wanted,
      private: {},
      replace: new Set(),
    };
    await smtpConnectionResource.plan!(request, planning(run.context));
    return request.planned!;
  }

  it("shows the steps before they are due, and probes nothing", async () => {
    const run = new Run();
    const plan = await planned(run, connection());
    expect(plan.instructions).toContain("1. ");
    expect([plan.id, plan.attested, plan.secure]).toEqual(["Alertes", false, false]);
    expect(isUnknown(plan.verification)).toBe(true);
    expect(run.probes).toEqual([]);
  });

  it("keeps what was proved while nothing changes that the probe depends on", async () => {
    const state = await new Run().create();
    expect(await planned(new Run(), { ...state, secure: null, confirmed: state.digest }, state)).toEqual({
      ...state,
      confirmed: state.digest,
      attested: true,
    });
    expect(isUnknown((await planned(new Run(), { ...state, port: 25 }, state)).verification)).toBe(true);
  });

  it("leaves open what depends on a value that is not known yet", async () => {
    const plan = await planned(new Run(), connection({ host: UNKNOWN as never }));
    expect(isUnknown(plan.digest)).toBe(true);
  });

  it("warns when what was confirmed is no longer what is declared", async () => {
    const state = await new Run().create();
    const run = new Run();
    await planned(run, connection({ confirmed: state.digest, port: 25 }), { ...state, confirmed: state.digest });
    expect(run.codes()).toEqual(["ksaar/confirmation-outdated"]);
  });

  it("refuses a second default connection, but lets another become it", async () => {
    const run = new Run();
    await planned(run, connection({ default_connection: true }));
    await planned(run, connection({ default_connection: true }));
    await expect(planned(run, connection({ name: "Other", default_connection: true }))).rejects.toThrow(
      /"Alertes" and "Other"/,
    );
    const swap = new Run();
    await planned(swap, connection({ default_connection: false }));
    await planned(swap, connection({ name: "Other", default_connection: true }));
  });
});

it.each(["kept", "taken"] as const)("a name that another address of the state has (%s) is refused", async (kind) => {
  const run = new Run();
  const ownership = { ...withoutOwnership, standing: async () => ({ kind }) };
  expect((await problemOf(() => run.create({}, ownership))).code).toMatch(/^terraform\//);
  expect(run.probes).toEqual([]);
});

it("a name that nobody has is taken before anything is tried", async () => {
  const taken: string[] = [];
  const take = async (id: string): Promise<Standing> => {
    taken.push(id);
    return { kind: "free" };
  };
  await new Run().create({}, { ...withoutOwnership, take });
  expect(taken).toEqual(["Alertes"]);
});

it("a destroyed connection has to be removed by hand, and the steps say so", async () => {
  const state = await new Run().create({ default_connection: true });
  const run = new Run();
  await smtpConnectionResource.delete({ prior: state, private: {} }, run.context);
  expect(run.codes()).toEqual(["ksaar/remove-by-hand"]);
  expect(run.reports[0]!.attachment).toMatch(
    /2\. Make another connection the default[^]*4\. Delete the connection "Alertes"/,
  );
});

it("takes a digest as the password's version: what was confirmed before no longer holds", async () => {
  const run = new Run();
  const [one, other] = [203_447_316_518_928_441n, 203_447_316_518_928_442n];
  const created = await run.create({ password_wo_version: one });
  expect(created.instructions).toContain(String(one));
  const updated = await run.update(created, { password_wo_version: other });
  expect(updated.digest).not.toBe(created.digest);
  expect(run.probes).toHaveLength(2);
});
