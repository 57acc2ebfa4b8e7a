import { configurationOf } from "../stack-source";
import type { KeyedMutex } from "../../core/keyed-mutex";
import type { Stack } from "../../plan";
import type { PlannedResources } from "../../reconcile/detect";
import type { ChainProof, Proof, ProofMode } from "../../proof/proof";
import { systems } from "../../systems";
import { buildTopology, declaredIn, topologyAfter } from "../../topology";
import { declarationsInPlan } from "../mail/from-plan";
import { declaredInStack } from "../mail/from-stack";
import type { Surroundings } from "../surroundings";
import type { Chain } from "./chain";
import { chainsOfTests } from "./declared-tests";
import { chainsOfMailers } from "./mailers";
import { testChain, type ChainOptions } from "./test-chain";

export interface ProveOptions extends ChainOptions {
  /** A server handles one test at a time; different servers do not wait for each other. */
  readonly perServer: KeyedMutex;
}

/**
 * Tests every way of the mail that the stack declares, from this machine. With `probe` nothing is sent; with `send`
 * each declared test sends one mail. A platform's own test is left out where it would disturb somebody.
 */
export async function prove(
  mode: ProofMode,
  stack: Stack,
  planned: PlannedResources,
  { perServer, ...options }: ProveOptions,
  surroundings: Surroundings,
): Promise<Proof> {
  const chains = chainsOf(mode, stack, planned, surroundings);
  const proved = new Map<Chain, ChainProof>();
  await Promise.all(
    chains.map((chain) =>
      perServer.run(serverOf(chain), async () => {
        if (!surroundings.interrupted.aborted) proved.set(chain, await testChain(chain, options, surroundings));
      }),
    ),
  );
  surroundings.interrupted.throwIfAborted();
  return { mode, chains: chains.map((chain) => proved.get(chain)!) };
}

function chainsOf(
  mode: ProofMode,
  stack: Stack,
  { json, resources }: PlannedResources,
  surroundings: Surroundings,
): Chain[] {
  const { redactor } = surroundings;
  const kind = mode === "send" ? "send" : "probe";
  const configured = declaredInStack(kind, stack, surroundings);
  const source = `the plan of ${stack.name}`;
  const found =
    json === undefined
      ? []
      : declarationsInPlan(json, kind, { source, directory: stack.directory, partial: true }, redactor);
  const tests = chainsOfTests(mode, found, configured, systems);
  const topology =
    resources.length > 0 ? topologyAfter(resources) : buildTopology(declaredIn(configurationOf(stack), redactor));
  return [...tests, ...chainsOfMailers(topology, tests, stack.directory)];
}

const serverOf = ({ test, address }: Chain): string => ("unknown" in test ? address : String(test.values["smtp_host"]));
