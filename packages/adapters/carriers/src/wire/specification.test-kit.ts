import { readFileSync } from 'node:fs';
import type { Recorded } from '@rappit/simulators/dhl';
import { Ajv, type ErrorObject } from 'ajv';

type Json = Readonly<Record<string, unknown>>;
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: Json };

/** A carrier's OpenAPI document, which requests can be held against. */
export type Specification = {
  /** What is wrong with a request; nothing where it is as the carrier wants it. `path` is that below the carrier's base. */
  readonly faultsOf: (path: string, request: Recorded) => readonly string[];
};

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const asObject = (value: unknown): Json => (isObject(value) ? value : {});
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * Reads an OpenAPI 3.0 document. `paths` of it may have parameters; the one with the fewest that fits is taken. `tolerated` are fields that
 * the carrier takes and its document doesn't know.
 */
export const specificationAt = (file: string, tolerated: readonly string[] = []): Specification => {
  const document = asObject(JSON.parse(readFileSync(file, 'utf8')));
  const paths = asObject(document['paths']);
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, 'carrier');
  const resolved = (node: unknown): Json => {
    const ref = asObject(node)['$ref'];
    if (typeof ref !== 'string') return asObject(node);
    return resolved(
      ref
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => asObject(at)[key.replaceAll('~1', '/').replaceAll('~0', '~')], document),
    );
  };
  const templateOf = (path: string): string | undefined =>
    Object.keys(paths)
      .filter((template) => patternOf(template).test(path))
      .sort((one, other) => one.split('{').length - other.split('{').length)[0];
  const faultsOfBody = (pointer: string, schema: unknown, body: unknown): readonly string[] => {
    const valid = ajv.getSchema(pointer) ?? ajv.compile({ $ref: pointer });
    const wrong = valid(body) ? [] : (valid.errors ?? []).map(faultText);
    return [...wrong, ...strangersIn(schema, body, '')];
  };
  /** Some carriers' schemas are open, and would let a misspelt key pass. */
  const strangersIn = (node: unknown, value: unknown, at: string): readonly string[] => {
    const schema = resolved(node);
    if (Array.isArray(value)) return value.flatMap((one, index) => strangersIn(schema['items'], one, `${at}/${index}`));
    const branches = ['allOf', 'oneOf', 'anyOf'].flatMap((kind) =>
      Array.isArray(schema[kind]) ? (schema[kind] as unknown[]) : [],
    );
    const known = Object.assign({}, ...[schema, ...branches.map(resolved)].map((one) => asObject(one['properties']))) as Json;
    if (!isObject(value) || Object.keys(known).length === 0) return [];
    return Object.entries(value).flatMap(([key, part]) => {
      const here = `${at}/${key}`;
      if (key in known) return strangersIn(known[key], part, here);
      return tolerated.includes(here) ? [] : [`${here} is no field of the carrier's`];
    });
  };
  /** What an operation says of its parameters, and those that all operations of its path have. */
  const parametersOf = (template: string, operation: Json): readonly Parameter[] =>
    [asObject(paths[template])['parameters'], operation['parameters']]
      .flatMap((some) => (Array.isArray(some) ? (some as unknown[]) : []))
      .map((one) => resolved(one) as unknown as Parameter);
  /** How somebody proves who they are by HTTP's own means: any of the ways that the operation, or else the document, allows. */
  const schemesOf = (operation: Json): readonly string[] =>
    (Array.isArray(operation['security']) ? (operation['security'] as unknown[]) : [])
      .flatMap((one) => Object.keys(asObject(one)))
      .map((name) => asObject(asObject(asObject(document['components'])['securitySchemes'])[name]))
      .flatMap(({ type, scheme }) => (type === 'http' && typeof scheme === 'string' ? [scheme] : []));
  return {
    faultsOf: (url, { method, contentType, headers, body }) => {
      const [path = '', query = ''] = url.split('?');
      const template = templateOf(path);
      const operation = template === undefined ? undefined : asObject(paths[template])[method.toLowerCase()];
      if (template === undefined || operation === undefined) return [`there is no ${method} ${path}`];
      const parameters = parametersOf(template, asObject(operation));
      const ofKind = (kind: string) => parameters.filter((one) => one.in === kind);
      const faults = [
        ...faultsOfPath(ajv, ofKind('path'), { template, path }),
        ...faultsOfQuery(ajv, ofKind('query'), new URLSearchParams(query)),
        ...faultsOfHeaders(ajv, ofKind('header'), headers),
        ...faultsOfProof(schemesOf(asObject(operation)), headers['authorization']),
      ];
      const { requestBody } = asObject(operation);
      if (requestBody === undefined) return faults;
      const type = (contentType ?? '').split(';')[0] ?? '';
      const media = asObject(asObject(resolved(requestBody)['content'])[type]);
      if (!('schema' in media)) return [...faults, `${method} ${path} takes no ${type}`];
      const pointer = `carrier#/paths/${escaped(template)}/${method.toLowerCase()}/requestBody/content/${escaped(type)}/schema`;
      return [...faults, ...faultsOfBody(pointer, media['schema'], body)];
    },
  };
};

const PARAMETER = /\{(\w+)\}/g;
const patternOf = (template: string): RegExp => new RegExp(`^${template.replaceAll(PARAMETER, '(?<$1>[^/]*)')}$`);

const faultsOfPath = (
  ajv: Ajv,
  known: readonly Parameter[],
  { template, path }: { readonly template: string; readonly path: string },
): readonly string[] => {
  const values = patternOf(template).exec(path)?.groups ?? {};
  return Object.entries(values).flatMap(([name, text]) => {
    const parameter = known.find((one) => one.name === name);
    if (!parameter) return [`{${name}} of ${template} isn't declared`];
    const value = decodeURIComponent(text);
    if (value === '') return [`{${name}} is empty`];
    return ajv.validate(parameter.schema ?? {}, value) ? [] : [`{${name}} ${ajv.errorsText()}`];
  });
};

/** What every client of HTTP may send, and no carrier declares. */
const common: readonly string[] = [
  ...['accept', 'authorization', 'connection', 'content-length', 'content-type', 'host', 'transfer-encoding', 'user-agent'],
  'accept-encoding',
];

const faultsOfHeaders = (ajv: Ajv, known: readonly Parameter[], headers: Recorded['headers']): readonly string[] => [
  ...known.flatMap(({ name, required, schema = {} }) => {
    const value = headers[name.toLowerCase()];
    if (value === undefined) return required ? [`${name}: is missing`] : [];
    return ajv.validate(schema, value) ? [] : [`${name}: ${ajv.errorsText()}`];
  }),
  ...Object.keys(headers)
    .filter((name) => !common.includes(name) && !known.some((one) => one.name.toLowerCase() === name))
    .map((name) => `${name}: is no header of the carrier's`),
];

/** Several schemes are several ways, of which one is enough. */
const faultsOfProof = (schemes: readonly string[], authorization: string | undefined): readonly string[] =>
  schemes.length === 0 || schemes.some((scheme) => new RegExp(`^${scheme} \\S+$`, 'i').test(authorization ?? ''))
    ? []
    : [`authorization: must be ${schemes.join(' or ')}`];

const faultText = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath} ${message ?? 'is wrong'} ${JSON.stringify(params)}`;

const faultsOfQuery = (ajv: Ajv, known: readonly Parameter[], query: URLSearchParams): readonly string[] => [
  ...known.flatMap(({ name, required }) => (required && !query.has(name) ? [`?${name} is missing`] : [])),
  ...[...new Set(query.keys())].flatMap((name) => {
    const parameter = known.find((one) => one.name === name);
    if (!parameter) return [`?${name} is no parameter of the carrier's`];
    const { schema = {} } = parameter;
    const read = (text: string) => (schema['type'] === 'boolean' ? text === 'true' : text);
    const value = schema['type'] === 'array' ? query.getAll(name) : read(query.get(name) ?? '');
    return ajv.validate(schema, value) ? [] : [`?${name} ${ajv.errorsText()}`];
  }),
];
