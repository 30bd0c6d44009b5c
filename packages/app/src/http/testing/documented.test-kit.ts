import type {} from '@fastify/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';

type Media = Readonly<Record<string, unknown>>;
type Operation = { readonly operationId: string; readonly responses: Readonly<Record<string, { readonly content?: Media }>> };
export type ApiDocument = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
};

type Answered = { readonly status: number; readonly headers: Headers; readonly text: string };

/** Holds answers against the API document: status, content type, and the body to the last field. */
export type Documented = { readonly check: (method: string, path: string, answer: Answered) => void };

export const documentOf = (server: FastifyInstance): ApiDocument => server.swagger() as unknown as ApiDocument;

export const documentedBy = (document: ApiDocument): Documented => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'api');
  const compiled = new Map<string, ValidateFunction>();
  const validator = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
  const patterns = Object.keys(document.paths).map(
    (path) => [path, new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`)] as const,
  );
  return {
    check: (method, path, { status, headers, text }) => {
      const wanted = path.split('?', 1)[0] ?? '';
      // A path without parameters goes before one whose parameter it fits.
      const pattern =
        patterns.find(([name]) => name === wanted)?.[0] ?? patterns.find(([, expression]) => expression.test(wanted))?.[0];
      const operation = pattern === undefined ? undefined : document.paths[pattern]?.[method.toLowerCase()];
      if (pattern === undefined || !operation) return;
      const response = operation.responses[status];
      if (!response) throw new Error(`${method} ${pattern} answered ${status}, which isn't documented: ${text.slice(0, 300)}`);
      const type = headers.get('content-type')?.split(';', 1)[0] ?? '';
      if (text === '' && !response.content) return;
      if (!response.content?.[type])
        throw new Error(`${method} ${pattern} answered ${status} as ${type}, which isn't documented`);
      if (!type.endsWith('json')) return;
      const validate = validator(
        ['', 'paths', pattern, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema']
          .map(escaped)
          .join('/'),
      );
      if (!validate(JSON.parse(text)))
        throw new Error(`${method} ${pattern} ${status}: ${ajv.errorsText(validate.errors)} in ${text.slice(0, 300)}`);
    },
  };
};

const escaped = (step: string): string => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
