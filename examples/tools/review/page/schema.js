/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks what is read, from a file or from the browser's storage, against
 * microexpr-review.schema.json: as much of JSON Schema as that uses. */

const TYPES = {
  object: value => typeof value === 'object' && value !== null && !Array.isArray(value),
  array: Array.isArray,
  string: value => typeof value === 'string',
  boolean: value => typeof value === 'boolean',
  integer: Number.isInteger,
};

class Schema {
  constructor(root) {
    this.root = root;
  }

  /* The first thing wrong, {path, text}, or null. part: a name in $defs; none: the whole. */
  check(value, part) {
    return this.problem(value, part ? this.root.$defs[part] : this.root, []);
  }

  problem(value, schema, path) {
    if (schema.$ref) return this.problem(value, this.root.$defs[schema.$ref.split('/').at(-1)], path);
    const text = this.fault(value, schema);
    if (text) return { path, text };
    if (TYPES.array(value)) return this.first(value.entries(), () => schema.items, path);
    if (TYPES.object(value)) return this.problemInObject(value, schema, path);
    return null;
  }

  problemInObject(value, schema, path) {
    const missing = (schema.required ?? []).find(name => !Object.hasOwn(value, name));
    if (missing) return { path: [...path, missing], text: 'is missing' };
    const of = name =>
      Object.hasOwn(schema.properties ?? {}, name)
        ? schema.properties[name]
        : schema.additionalProperties;
    return this.first(Object.entries(value), of, path);
  }

  /* schemaOf: undefined for what may be anything, false for what may not be. */
  first(entries, schemaOf, path) {
    for (const [name, value] of entries) {
      const schema = schemaOf(name),
        place = [...path, name];
      if (schema === false) return { path: place, text: 'is not a field that is known here' };
      const problem = schema ? this.problem(value, schema, place) : null;
      if (problem) return problem;
    }
    return null;
  }

  /* What is wrong with the value itself, in words. */
  fault(value, schema) {
    const { type, enum: words, pattern, minimum, maxLength } = schema;
    const shown = JSON.stringify(value)?.slice(0, 60);
    if (type && !TYPES[type](value)) return `is ${shown}, not of type ${type}`;
    if (words && !words.includes(value)) return `is ${shown}, not one of ${words.join(', ')}`;
    if (pattern && !new RegExp(pattern).test(value)) return `is ${shown}, which is malformed`;
    if (value < minimum) return `is ${shown}, less than ${minimum}`;
    if (value.length > maxLength) return `is longer than ${maxLength} characters`;
    return null;
  }
}

/* events[3].review.label */
const describePath = path =>
  path.reduce(
    (text, name) =>
      typeof name === 'number' ? `${text}[${name}]` : text + (text && '.') + name,
    '',
  );

/* The line of a value in valid JSON, from 1; of the nearest that is there, for one that is missing. */
function lineOf(text, path) {
  let at = 0,
    found = 0;
  const token = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/y;
  const next = () => {
    token.lastIndex = at;
    const [all, word] = token.exec(text);
    at += all.length;
    return word;
  };
  const peek = () => {
    const before = at,
      word = next();
    at = before;
    return word;
  };
  /* rest: of the path, while on it; null elsewhere. */
  const walk = rest => {
    const open = next();
    if (rest) found = at - open.length;
    if (open !== '{' && open !== '[') return;
    const close = open === '{' ? '}' : ']';
    for (let index = 0; peek() !== close; index++) {
      let name = index;
      if (open === '{') {
        name = JSON.parse(next());
        next(); /* the colon */
      }
      walk(rest && rest[0] === name ? rest.slice(1) : null);
      if (peek() === ',') next();
    }
    next();
  };
  walk(path);
  return text.slice(0, found).split('\n').length;
}

/* Parses JSON, or throws an error with line and field. */
function readJson(text, schema) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const at = error.message.match(/position (\d+)/);
    const line = at
      ? text.slice(0, at[1]).split('\n').length
      : (error.message.match(/line (\d+)/)?.[1] ?? text.split('\n').length);
    throw new Error(`line ${line}: it is not JSON`);
  }
  const problem = schema.check(value);
  if (problem)
    throw new Error(
      `line ${lineOf(text, problem.path)}: ${describePath(problem.path) || 'the file'} ` + problem.text,
    );
  return value;
}
