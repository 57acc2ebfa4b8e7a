import * as z from "../../../core/zod";

/**
 * Respells the properties of a body as the contract does, for vendors whose servers ignore their case. Names that the
 * contract does not know stay unchanged.
 */
export function inContractCase(contract: z.ZodMiniType, value: unknown): unknown {
  if (contract instanceof z.ZodMiniOptional || contract instanceof z.ZodMiniNullable) {
    return inContractCase(contract.def.innerType as z.ZodMiniType, value);
  }
  if (contract instanceof z.ZodMiniArray && Array.isArray(value)) {
    return value.map((item) => inContractCase(contract.def.element as z.ZodMiniType, item));
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!(contract instanceof z.ZodMiniObject) || !isObject) return value;
  const shape = contract.shape as Readonly<Record<string, z.ZodMiniType>>;
  const spelling = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    Object.entries(value).map(([given, member]) => {
      const name = spelling.get(given.toLowerCase());
      return name === undefined ? [given, member] : [name, inContractCase(shape[name]!, member)];
    }),
  );
}
