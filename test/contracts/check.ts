import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RecordedRequest, Sandbox } from "../../lib/sandbox";
import { Judge } from "./judge";
import { systems } from "../../lib/systems";
import type { VendorContract } from "../../lib/systems/kit/vendor-contract";
import { openApi } from "./openapi";
import { ovhFormat } from "./ovh-format";

const FORMATS = { openapi: openApi, ovh: ovhFormat };

const FOLDER = resolve(__dirname, "../../../shared/contracts/openapi");

/** Undefined when the vendors' files are at hand, else the reason why contracts cannot be checked. */
export const contractsMissing = existsSync(FOLDER)
  ? undefined
  : "the vendors' interface descriptions are not there: ../shared/contracts/openapi";

/** What a sandbox has recorded, and what its simulators are. */
export type Traffic = Pick<Sandbox, "requests" | "state">;

/**
 * Everything in which recorded traffic differs from the vendors' contracts, one sentence each. Systems
 * (and releases) without a file are passed over.
 */
export function contractViolations(traffic: Traffic): string[] {
  return [
    ...new Set(traffic.requests.list().flatMap((request) => violationsOf(request, contractsOf(request, traffic)))),
  ];
}

/** How many requests of a system were held against a contract: 0 means that nothing has been proved. */
export function checkedRequests(traffic: Traffic, system: string): number {
  return traffic.requests
    .list()
    .filter((request) => request.system === system && judged(request, contractsOf(request, traffic)).length > 0).length;
}

function contractsOf({ system }: RecordedRequest, { state }: Traffic): readonly VendorContract[] {
  const contracts = systems.find(({ name }) => name === system)?.contracts ?? [];
  return contracts.filter((one) => one.when?.(state().systems[system]) ?? true);
}

function violationsOf(request: RecordedRequest, contracts: readonly VendorContract[]): string[] {
  if (contracts.length === 0) return [];
  if (contracts.some((one) => one.elsewhere?.some((path) => path.test(request.path)))) return [];
  const title = `${request.system}: ${request.method} ${request.path}`;
  const found = judged(request, contracts);
  if (found.length === 0) return [`${title}: no such method and path`];
  const excused = contracts.flatMap((one) => one.excused ?? []);
  const violations = found.flatMap(({ judge, match }) => {
    // What a fault made up is not the simulator's answer.
    const answer = request.fault === undefined ? judge.answer(match, request) : [];
    return [...judge.request(match, request), ...answer].map((text) => `${title}: ${text} [${judge.contract.name}]`);
  });
  return violations.filter((text) => !excused.some(({ violation }) => violation.test(text)));
}

function judged(request: RecordedRequest, contracts: readonly VendorContract[]) {
  return contracts
    .filter((one) => one.base.test(request.path))
    .flatMap((one) => {
      const path = request.path.replace(one.base, "");
      return one.files.flatMap((file) => {
        const judge = judgeOf(one, file);
        const match = judge.find(request.method, path);
        return match ? [{ judge, match }] : [];
      });
    });
}

const judges = new Map<string, Judge>();

function judgeOf({ format }: VendorContract, file: string): Judge {
  let judge = judges.get(file);
  if (judge === undefined) {
    judge = new Judge(FORMATS[format](file, JSON.parse(readFileSync(join(FOLDER, file), "utf8"))));
    judges.set(file, judge);
  }
  return judge;
}
