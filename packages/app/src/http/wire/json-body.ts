import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusing } from '../problems/refusals.js';
import { mayBeUnsound, unsoundTexts } from './sound-text.js';
import { repeatedFields, shapeOf, tooDeep } from './strict-json.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The bytes as text; undefined when they aren't UTF-8. */
export const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};

/**
 * Takes JSON and no other type of body.
 * - Bytes that aren't UTF-8, prototype tricks, fields that stand twice and text that can't be stored are refused, not repaired.
 * - Nothing is unpacked, and nothing parsed that is nested too deeply.
 * - An empty body is no body, whatever its content type: routes that need one say so themselves.
 */
export const takeJson = (server: FastifyInstance): void => {
  refuseUnasked(server);
  server.decorateRequest('bodyDigest', null);
  server.removeAllContentTypeParsers();
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    if (bytes.length === 0) return done(null, undefined);
    if (isPacked(request.headers['content-encoding'])) return done(refusing({ code: 'request.media_type_unsupported' }));
    if (request.headers['idempotency-key'] !== undefined) request.setDecorator('bodyDigest', hash('sha256', bytes));
    const text = textOf(bytes);
    if (text === undefined) return done(refusing({ code: 'request.malformed' }));
    const shape = shapeOf(text);
    if (shape.tooDeep) return done(refusing({ code: 'request.invalid', faults: tooDeep }));
    return parse(request, text, (error, body) => {
      const faults = error ? [] : [...repeatedFields(text, shape, body), ...(mayBeUnsound(text) ? unsoundTexts(body) : [])];
      if (faults.length > 0) done(refusing({ code: 'request.invalid', faults }));
      else done(error, body);
    });
  });
};

export const isPacked = (coding = 'identity'): boolean => coding.trim().toLowerCase() !== 'identity';

/**
 * A route without a body schema takes no body, or an empty object, which some clients always send.
 * One without a query takes none; only public ones, which are probed by all kinds of tools, don't mind.
 */
const refuseUnasked = (server: FastifyInstance): void => {
  server.addHook('preValidation', ({ body, query, routeOptions: { schema, config } }, _reply, done) => {
    const unasked = [
      ...(schema?.body === undefined && body !== undefined && !Buffer.isBuffer(body) ? fieldsOf(body) : []),
      ...(schema?.querystring === undefined && config.permission !== undefined && config.permission !== 'public'
        ? fieldsOf(query)
        : []),
    ];
    if (unasked.length === 0) return done();
    const faults = unasked.slice(0, 50).map((path) => ({ path, message: 'is not taken here' }));
    return done(refusing({ code: 'request.invalid', faults }));
  });
};

/** The names of an object's fields; one empty path for what is no object. */
const fieldsOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.keys(value).map((name) => name.slice(0, 100))
    : [''];

/** Names the request's path parameters and body, so that one idempotency key can't stand for two requests. */
export const fingerprintOf = (request: Pick<FastifyRequest, 'params' | 'getDecorator'>): string =>
  hash('sha256', JSON.stringify([request.params, request.getDecorator<string | null>('bodyDigest')]));
