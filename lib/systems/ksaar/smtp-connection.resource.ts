import { ProblemError } from "../../core/problem";
import type { ObjectOwnership } from "../../terraform-plugin/ownership/address";
import type { Planned, Resource } from "../../terraform-plugin/resource";
import { isUnknown, UNKNOWN, type Value } from "../../terraform-plugin/values";
import { badImportId } from "../kit/problems";
import type { KsaarClient } from "./client";
import { declarationOf } from "./declaration";
import { digestOf } from "./digest";
import { confirmationOutdated, driftUnknown, enterByHand, removeByHand } from "./errors";
import { instructionsFor, removalOf } from "./instructions";
import { probedSettings, verify } from "./probe";
import {
  DRIFT,
  smtpConnectionSchema,
  type SmtpConnectionSchema,
  type SmtpConnectionState,
} from "./smtp-connection.schema";
import { smtpConnectionWords } from "./smtp-connection.words";

/** `outbound_ksaar_smtp_connection`: declared, probed, entered by hand, attested. */
export const smtpConnectionResource: Resource<SmtpConnectionSchema, KsaarClient> = {
  schema: smtpConnectionSchema,

  /** All these values follow from the declaration, so the plan can show them: people read the steps before they are due. */
  async plan(request, { connect, report }) {
    const { planned, prior, config } = request;
    if (planned === null) return;
    const wanted = configured(planned, config);
    if (wanted === undefined) return;
    (await connect())?.wantDefault(wanted.name, wanted.default_connection);
    const completed = complete(wanted);
    const proved = prior !== null && probedSettings(prior) === probedSettings(completed);
    request.planned = { ...completed, verification: proved ? prior.verification : UNKNOWN };
    const changed = prior === null || prior.digest !== completed.digest;
    if (changed && completed.confirmed !== null && !completed.attested) {
      report(confirmationOutdated(completed.name, completed.confirmed, completed.digest!));
    }
  },

  async create({ planned, config, ownership }, { client, redactor, signal, report }) {
    redactor.add(config.password_wo);
    await takeName(planned.name, ownership);
    const state = complete(planned);
    const verification = await verify(state, config.password_wo, client, signal, report);
    reportSteps(state, report);
    return { ...state, verification };
  },

  /** There is nothing to ask: the state is what was declared, and the warning says so. */
  async read({ prior }, { report }) {
    const state = complete(prior);
    report(driftUnknown(state.name, state.attested === true, state.digest!));
    return { ...state, verification: prior.verification };
  },

  async update({ prior, planned, config }, { client, redactor, signal, report }) {
    redactor.add(config.password_wo);
    const state = complete(planned);
    const verification =
      probedSettings(prior) === probedSettings(state)
        ? prior.verification
        : await verify(state, config.password_wo, client, signal, report);
    if (state.digest !== prior.digest) reportSteps(state, report);
    return { ...state, verification };
  },

  async delete({ prior }, { report }) {
    report(removeByHand(prior.name, removalOf(declarationOf(prior))));
  },

  import: (id) => {
    throw new ProblemError(badImportId(smtpConnectionWords, id));
  },
};

/**
 * Reserves the name. Ksaar distinguishes connections by name only, so the name belongs either to an address of this state or
 * to nobody.
 */
async function takeName(name: string, ownership: ObjectOwnership): Promise<void> {
  const standing = await ownership.standing(name);
  const { kind } = standing;
  if (kind === "kept" || kind === "taken") throw new ProblemError(ownership.refusal(name, standing));
  await ownership.take(name);
}

/** Prints the steps, unless the connection is already confirmed because it existed before. */
function reportSteps(state: SmtpConnectionState, report: (problem: ReturnType<typeof enterByHand>) => void): void {
  if (state.attested !== true) report(enterByHand(state.name, state.digest!, state.instructions!));
}

/** Computes the attributes that follow from the declaration alone. */
function complete(state: SmtpConnectionState): SmtpConnectionState {
  const declaration = declarationOf(state);
  const digest = digestOf(declaration);
  return {
    ...state,
    id: declaration.name,
    secure: declaration.secure,
    password_wo: null,
    digest,
    attested: state.confirmed === digest,
    drift: DRIFT,
    instructions: instructionsFor(declaration, digest),
  };
}

const COMPUTED = ["id", "digest", "attested", "drift", "instructions", "verification"];

/** The plan without computed attributes; undefined when something declared is not known yet. */
function configured(
  planned: Planned<SmtpConnectionSchema>,
  config: Planned<SmtpConnectionSchema> | null,
): SmtpConnectionState | undefined {
  const values = Object.entries({ ...planned, secure: config?.secure ?? null })
    .filter(([name]) => name !== "timeouts")
    .map(([name, value]) => [name, COMPUTED.includes(name) ? null : value] as const);
  if (values.some(([, value]) => isUnknown(value as Value))) return undefined;
  // The attributes of the plan, all known, with computed ones null: the type of `fromEntries` expresses neither.
  return { ...Object.fromEntries(values), timeouts: planned.timeouts } as unknown as SmtpConnectionState;
}
