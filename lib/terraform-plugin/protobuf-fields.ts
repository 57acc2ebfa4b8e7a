import type { Field, Message } from "./protobuf";

/** The kinds of fields a message can have; each takes the field's number. */

const EMPTY = Buffer.alloc(0);

export const string = (id: number): Field<string, string> => ({
  id,
  type: "string",
  rule: "single",
  wire: 2,
  initial: () => "",
  read: (reader) => reader.text(),
  write: (to, value) => to.text(value),
});

export const bytes = (id: number): Field<Uint8Array, Uint8Array> => ({
  id,
  type: "bytes",
  rule: "single",
  wire: 2,
  initial: () => EMPTY,
  read: (reader) => reader.blob(),
  write: (to, value) => to.blob(value),
});

export const bool = (id: number): Field<boolean, boolean> => ({
  id,
  type: "bool",
  rule: "single",
  wire: 0,
  initial: () => false,
  read: (reader) => reader.varint() !== 0,
  write: (to, value) => to.varint(value ? 1 : 0),
});

const integer = (id: number, type: string): Field<number, number> => ({
  id,
  type,
  rule: "single",
  wire: 0,
  initial: () => 0,
  read: (reader) => reader.int64(),
  write: (to, value) => to.varint(value),
});

export const int64 = (id: number) => integer(id, "int64");
export const int32 = (id: number) => integer(id, "int32");

/** An enumeration; its values are its names, in the order of their numbers. An unknown number reads as the first. */
export const oneOf = <const Names extends readonly [string, ...string[]]>(
  id: number,
  type: string,
  names: Names,
): Field<Names[number], Names[number]> & { readonly names: Names } => ({
  id,
  type,
  names,
  rule: "single",
  wire: 0,
  initial: () => names[0],
  read: (reader) => names[reader.varint()] ?? names[0],
  write: (to, value) => to.varint(names.indexOf(value)),
});

/** A string, number or bytes field with presence (proto3 `optional` or a member of a `oneof`): null when absent. */
export const optional = <T>(field: Field<T, T>): Field<T | null, T> => ({
  ...field,
  rule: "optional",
  initial: () => null,
  read: (reader, before) => field.read(reader, before as T),
});

/** A message inside a message: null when absent. Declared lazily where messages contain each other. */
export const one = <Get, Set>(id: number, of: Lazy<Message<Get, Set>>): Field<Get | null, Set> => ({
  id,
  get type() {
    return resolve(of).name;
  },
  rule: "single",
  wire: 2,
  initial: () => null,
  read: (reader) => readMessage(resolve(of), reader),
  write: (to, value) => writeMessage(resolve(of), to, value),
});

export const many = <Get, Set>(id: number, of: Lazy<Message<Get, Set>>): Field<readonly Get[], readonly Set[]> => ({
  id,
  get type() {
    return resolve(of).name;
  },
  rule: "repeated",
  wire: 2,
  initial: () => [],
  read: (reader, before) => {
    (before as Get[]).push(readMessage(resolve(of), reader));
    return before;
  },
  write: (to, element) => writeMessage(resolve(of), to, element as Set),
});

/** A map from strings to messages. */
export const mapOf = <Get, Set>(
  id: number,
  of: Lazy<Message<Get, Set>>,
): Field<{ readonly [key: string]: Get }, { readonly [key: string]: Set }> => ({
  id,
  get type() {
    return resolve(of).name;
  },
  rule: "map",
  wire: 2,
  initial: () => ({}),
  read: (reader, before) => {
    const end = reader.end();
    let key = "";
    let value: Get | undefined;
    while (reader.pos < end) {
      const tag = reader.varint();
      if (tag === 0x0a) key = reader.text();
      else if (tag === 0x12) value = readMessage(resolve(of), reader);
      else reader.skip(tag & 7);
    }
    (before as Record<string, Get>)[key] = value ?? resolve(of).decode(EMPTY);
    return before;
  },
  write: (to, value) => writeMessage(resolve(of), to, value as Set),
});

/** A map from strings to strings, which only legacy states use: read but never written. */
export const legacyStrings = (id: number): Field<null, never> => ({
  id,
  type: "string",
  rule: "map",
  wire: 2,
  initial: () => null,
  read: (reader) => {
    reader.blob();
    return null;
  },
  write: () => undefined,
});

type Lazy<T> = T | (() => T);

function resolve<T extends object>(lazy: Lazy<T>): T {
  return typeof lazy === "function" ? lazy() : lazy;
}

function readMessage<Get>(of: Message<Get, any>, reader: Parameters<Message["readBody"]>[0]): Get {
  const end = reader.end();
  return of.readBody(reader, end);
}

function writeMessage<Set>(of: Message<any, Set>, to: Parameters<Message["writeBody"]>[0], value: Set): void {
  const start = to.open();
  of.writeBody(to, value);
  to.close(start);
}
