import { ProblemError } from "../../core/problem";
import type { UiPathClient } from "./client";
import { declaredTwice } from "./errors";

/**
 * There is one set of settings, so one resource of a configuration may have it. Resources of other stacks leave no
 * trace in UiPath: it neither tells who wrote a setting nor has room for a mark. What another stack did can only be seen
 * by its values, see the resources' `create`.
 */
export async function claiming<T>(
  client: UiPathClient,
  id: string,
  type: string,
  where: string,
  act: () => Promise<T>,
): Promise<T> {
  if (client.claimed.has(id)) throw new ProblemError(declaredTwice(type, where));
  client.claimed.add(id);
  try {
    return await act();
  } catch (error) {
    client.claimed.delete(id);
    throw error;
  }
}
