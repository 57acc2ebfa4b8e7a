import { isObject } from "../masking";
import { binding, linesOf, type Binding, type Normaliser } from "./binding";

type Json = Record<string, unknown>;

/**
 * The bindings of a synthesised configuration. Providers, provisioners and the backend are listed one by one, because a
 * reviewer has to see them; all else (conditions, checks, lifecycles, references of write-only attributes) is one
 * digest.
 */
export function bindingsOfConfiguration(configuration: unknown, normaliser: Normaliser): Binding[] {
  if (!isObject(configuration)) return [binding("configuration", "configuration", null)];
  const { provider, terraform, resource, ...others } = withoutComments(configuration) as Json;
  const { backend, cloud, ...settings } = objectOf(terraform);
  const found = new Provisioners(normaliser);
  const resources = found.takenOut(objectOf(resource));
  const rest = normaliser.value({ ...others, resource: resources, terraform: settings });
  return [
    ...found.bindings,
    ...providers(objectOf(provider), normaliser),
    ...backends(backend ?? (cloud === undefined ? undefined : { cloud }), normaliser),
    binding("configuration", "configuration", rest),
  ];
}

/** Drops the metadata that CDKTF writes as comments; Terraform ignores it. */
function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (key === "//" ? [] : [[key, withoutComments(one)]])),
  );
}

function providers(declared: Json, normaliser: Normaliser): Binding[] {
  return Object.entries(declared).flatMap(([name, blocks]) =>
    listOf(blocks).map((block) => {
      const value = normaliser.value(block);
      const alias = isObject(block) && typeof block["alias"] === "string" ? `.${block["alias"]}` : "";
      return binding("provider", `provider ${name}${alias}`, value, linesOf(value));
    }),
  );
}

/** @param declared `{ s3: { … } }`, or the same form of what `terraform init` has saved */
export function backends(declared: unknown, normaliser: Normaliser): Binding[] {
  return listOf(declared).flatMap((one) =>
    Object.entries(objectOf(one)).map(([type, config]) => {
      const value = withoutNothing(normaliser.value(firstOf(config)));
      return binding("backend", `backend ${type}`, value, linesOf(value));
    }),
  );
}

/** Drops nulls: `terraform init` saves every attribute, set or not. */
function withoutNothing(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null && one !== undefined));
}

/** Collects commands and file transfers, with their connections, wherever they occur in a resource. */
class Provisioners {
  readonly bindings: Binding[] = [];

  constructor(private readonly normaliser: Normaliser) {}

  takenOut(resources: Json): Json {
    return mapped(resources, (type, named) =>
      mapped(objectOf(named), (name, blocks) => {
        const without = listOf(blocks).map((block) => this.block(`${type}.${name}`, block));
        return Array.isArray(blocks) ? without : without[0];
      }),
    );
  }

  private block(address: string, block: unknown): unknown {
    if (!isObject(block)) return block;
    const { provisioner, connection, ...rest } = block;
    for (const one of listOf(provisioner)) {
      for (const [type, body] of Object.entries(objectOf(one))) {
        for (const each of listOf(body)) this.add(`${address}: ${type}`, each);
      }
    }
    for (const one of listOf(connection)) this.add(`${address}: connection`, one);
    return rest;
  }

  private add(name: string, body: unknown): void {
    const value = this.normaliser.value(body);
    this.bindings.push(binding("provisioner", name, value, linesOf(value)));
  }
}

function mapped(object: Json, change: (key: string, value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]));
}

/** A block in JSON stands alone or in a list. */
function listOf(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? (value[0] as unknown) : value);
const objectOf = (value: unknown): Json => {
  const one = firstOf(value);
  return isObject(one) ? one : {};
};
