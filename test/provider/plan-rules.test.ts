import { outboundProvider } from "../../lib/provider/definition";
import { planChange } from "../../lib/terraform-plugin/plan";
import { unknownToNull, type ValueObject } from "../../lib/terraform-plugin/values";
import { planProblems, proposedNew } from "../support/core-rules";
import { seededRandom } from "../../lib/sandbox/random";
import { randomConfig } from "../support/random-config";

const ROUNDS = 300;

/** Every resource of the provider, under configurations that nobody thought of. */
describe.each(
  outboundProvider.resources.map(({ handler }) => [handler.schema.type, handler.schema.attributes] as const),
)("plans of %s", (_type, attributes) => {
  const random = seededRandom(20_26);
  const plan = (prior: ValueObject | null, config: ValueObject) =>
    planChange({ attributes, prior, proposed: proposedNew(attributes, prior, config), config });
  /** What a faithful handler would store: what was planned, the rest made up. */
  const apply = (planned: ValueObject) => unknownToNull(planned) as ValueObject;

  it("are what Terraform accepts, on create and on every change after it", () => {
    let prior: ValueObject | null = null;
    for (let round = 0; round < ROUNDS; round += 1) {
      const config = randomConfig(attributes, random);
      const { planned } = plan(prior, config);
      expect(planProblems(attributes, prior, config, planned)).toEqual([]);
      prior = random() < 0.2 ? null : apply(planned);
    }
  });

  it("are empty the second time", () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const config = randomConfig(attributes, random, 0);
      const state = apply(plan(null, config).planned);
      expect(plan(state, config)).toEqual({ planned: state, replace: [] });
    }
  });
});
