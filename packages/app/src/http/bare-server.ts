import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { components } from './components.js';
import type { HttpDeps, Patience } from './deps.js';
import { answerFaults, answerSocket, answerWithoutRoute } from './problems/on-fault.js';
import { refusing } from './problems/refusals.js';
import { refuse } from './problems/refuse.js';
import { validators } from './problems/validation.js';
import { faultsOf } from './problems/validation-faults.js';
import { takeJson } from './wire/json-body.js';
import { observe, requestIdOf } from './wire/observe.js';
import { serializers } from './wire/serializers.js';
import { takeSoundParameters } from './wire/sound-text.js';
import { readAwayUnread } from './wire/unread-bodies.js';

export type BareDeps = Pick<HttpDeps, 'logger' | 'meter' | 'trustedProxies' | 'patience' | 'isLeaving'>;

/** A form's worth; routes that take more say so. */
const BODY_LIMIT = 65_536;
/** Beyond any SKU of 100 characters, four bytes each and percent-encoded. */
const LONGEST_PARAMETER = 1_500;

/** A request that trickles in is cut off within 35 seconds. */
const usualPatience: Patience = { headersMs: 15_000, requestMs: 30_000, lookEveryMs: 5_000 };

const listener = ({ logger, meter, trustedProxies, patience = usualPatience }: BareDeps): FastifyInstance =>
  Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    requestTimeout: patience.requestMs,
    http: { headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.lookEveryMs },
    // Longer than the longest use case, which waits for a carrier.
    connectionTimeout: 120_000,
    keepAliveTimeout: 72_000,
    // Fastify's own answer while closing isn't a problem document; ours is sent by `refuseWhileClosing`.
    return503OnClosing: false,
    frameworkErrors: answerWithoutRoute(meter),
    clientErrorHandler: answerSocket(meter),
    schemaErrorFormatter: (errors) => refusing({ code: 'request.invalid', faults: faultsOf(errors) }),
  });

/**
 * What still arrives on open connections while the server closes is sent elsewhere; what is under way is finished.
 * Each answer then ends its connection, or closing would wait until the client lets go of it.
 */
const refuseWhileClosing = (server: FastifyInstance, isLeaving = (): boolean => false): void => {
  let closing = false;
  server.addHook('preClose', async () => {
    closing = true;
  });
  server.addHook('onRequest', (_request, reply, done) => {
    if (closing) void refuse(reply, { code: 'server.unavailable' });
    else done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing || isLeaving()) reply.header('connection', 'close');
    done();
  });
};

/**
 * A server without routes: everything that holds for all of them.
 * Every answer of 400 and above is a problem (RFC 9457), Fastify's own faults included.
 */
export const bareServer = (deps: BareDeps): FastifyInstance => {
  const server = listener(deps);
  for (const { schema } of components) server.addSchema(schema);
  const schemas = components.map(({ schema }) => schema);
  server.setValidatorCompiler(validators(schemas));
  server.setSerializerCompiler(serializers(schemas));
  // Nobody is signed in, where nobody can.
  server.decorateRequest('principal', null);
  takeSoundParameters(server);
  takeJson(server);
  answerFaults(server);
  observe(server, deps);
  refuseWhileClosing(server, deps.isLeaving);
  readAwayUnread(server);
  return server;
};
