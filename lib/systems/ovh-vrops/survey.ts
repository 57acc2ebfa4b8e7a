import * as z from "../../core/zod";
import { CallError } from "../kit/rest-api";
import { eachOf, reading, type Reading, type Survey, type SurveyedRight } from "../kit/survey";
import { ACCESS_RULES, allows, type AccessRule } from "./access-rules";
import type { OvhVropsClient } from "./client";
import { currentCredential, flow, ids, names, serverTime, vrops } from "./contract";
import { flowSchema } from "./flow.schema";
import { isForbidden } from "./refusals";
import { connectionOf, type OvhSettings } from "./settings";
import { vropsSchema } from "./vrops.schema";
import { ovhWords } from "./words";

const me = z.looseObject({ nichandle: z.nullish(z.string()) });

/** The prefix of a rule for one service. */
const SERVICE = /^\/dedicatedCloud\/([^/*]+)/;

/** Replaces the service where none is named. */
const ANY_SERVICE = "pcc-192-0-2-10";

const RELEASE = /\d{1,2}(?:\.\d{1,4}){1,2}/;

const OWN_CREDENTIAL = "GET /auth/currentCredential";

const needs = (rule: (typeof ACCESS_RULES)[number]) => ({
  right: rule,
  seldom: rule === OWN_CREDENTIAL,
  for: rule.endsWith("/vrops") ? [flowSchema.type, vropsSchema.type] : [flowSchema.type],
});

/** The survey of the OVHcloud API: permissions and expiry of the login, services, their vROps and flows. */
export const survey: Survey<OvhVropsClient, OvhSettings> = {
  words: ovhWords,
  address(settings) {
    const { endpoint, credential } = connectionOf(settings);
    return {
      url: endpoint.baseUrl,
      logins: credential.method === "service-account" ? [credential.tokenUrl] : [],
      facts: {
        edition: endpoint.name,
        ...(credential.method === "service-account" && { account: `the service account ${credential.clientId}` }),
      },
    };
  },
  async begin(client, { places, signal }) {
    await client.checkLogin(signal);
    return { basis: { services: places } };
  },
  readings: ({ services = [] }) => [
    reading({
      subject: "time of the server",
      route: "/auth/time",
      contract: serverTime,
    }),
    reading({
      subject: "own credential",
      route: "/auth/currentCredential",
      contract: currentCredential,
      proves: needs(OWN_CREDENTIAL),
      mayLack: "only a consumer key tells its rights and its end, and only with the rule GET /auth/currentCredential",
      interpret: ({ rules, expiration, credentialId, applicationId }) => ({
        facts: {
          ...(credentialId && {
            account: `the consumer key ${credentialId} of the application ${applicationId ?? "?"}`,
          }),
          ...(expiration &&
            !Number.isNaN(Date.parse(expiration)) && { until: { at: Date.parse(expiration), renewed: false } }),
        },
        rights: rules ? rightsBy(rules, services) : [],
      }),
    }),
    reading({
      subject: "own account",
      route: "/me",
      contract: me,
      mayLack: "the login needs no right to read it",
      interpret: ({ nichandle }) => ({ facts: nichandle ? { account: nichandle } : {} }),
    }),
    ...(services.length === 0
      ? [
          reading({
            subject: "services",
            route: "/dedicatedCloud",
            contract: names,
            mayLack: "the login needs no right to list them; name one with --ovh-service",
            counts: { services: (all) => all.length },
            then: (all) => eachOf(all, ofService),
          }),
        ]
      : services.flatMap(ofService)),
  ],
  send: (client, _, doing, request) => client.ask(doing, request),
  isForbidden: (error) => error instanceof CallError && error.status === 403 && isForbidden(error),
  unproven: ACCESS_RULES.map((rule) => ({
    ...needs(rule),
    unknown: rule.startsWith("GET ")
      ? "nothing was there to be read; name a service with --ovh-service"
      : "only a consumer key tells its rights; those of a service account show with the first change",
  })),
  unknownFacts: {
    version: "the API has none but the one in its address",
    edition: "the endpoint has no name",
    account: "the login may not read who it is",
    until: "the credential tells no end: it is unlimited, or not a consumer key",
  },
  vocabulary: {
    state: /[a-z][A-Za-z]+/,
    status: /[a-z][A-Za-z]+/,
    version: RELEASE,
    upgrades: RELEASE,
    "rules.method": /[A-Z]+/,
    "rules.path": /\/(?:auth|me|dedicatedCloud)(?:\/(?:[A-Za-z]+|\*)){0,6}/,
  },
};

const ofService = (service: string): Reading[] => [
  reading({
    subject: "vROps of a service",
    route: "/dedicatedCloud/{service}/vrops",
    ids: [service],
    contract: vrops,
    proves: needs("GET /dedicatedCloud/*/vrops"),
    interpret: ({ version }) => ({ facts: version ? { version: `hosted vROps ${version}` } : {} }),
  }),
  reading({
    subject: "outgoing flows",
    route: "/dedicatedCloud/{service}/vrops/outgoingFlow",
    ids: [service],
    contract: ids,
    proves: needs("GET /dedicatedCloud/*/vrops/outgoingFlow"),
    counts: { "outgoing flows": (all) => all.length },
    then: (all) =>
      eachOf(all, (id) => [
        reading({
          subject: "an outgoing flow",
          route: "/dedicatedCloud/{service}/vrops/outgoingFlow/{id}",
          ids: [service, String(id)],
          contract: flow,
          proves: needs("GET /dedicatedCloud/*/vrops/outgoingFlow/*"),
        }),
      ]),
  }),
  reading({
    subject: "tasks",
    route: "/dedicatedCloud/{service}/task",
    ids: [service],
    contract: ids,
    proves: needs("GET /dedicatedCloud/*/task"),
    counts: { tasks: (all) => all.length },
  }),
];

/** The rights that the rules of a consumer key grant; rules for another service do not count. */
function rightsBy(rules: readonly AccessRule[], services: readonly string[]): SurveyedRight[] {
  const named = rules.flatMap(({ path }) => SERVICE.exec(path)?.[1] ?? []);
  const [wanted, all] = services.length > 0 ? [services, true] : [[ANY_SERVICE, ...named], false];
  return ACCESS_RULES.filter((rule) => rule.includes("/dedicatedCloud/")).map((rule) => {
    const [method = "", path = ""] = rule.split(" ");
    const allowed = (service: string) =>
      rules.some((one) => allows(one, method, path.replace("*", service).replace("*", "1")));
    const granted = all ? wanted.every(allowed) : wanted.some(allowed);
    const { right, for: types } = needs(rule);
    return { right, for: types, state: granted ? "granted" : "missing" };
  });
}
