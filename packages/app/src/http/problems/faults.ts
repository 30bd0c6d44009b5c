import type { AnyRefusal } from './refusals.js';
import { isAway } from './unavailable.js';

const ofFastify: Readonly<Record<string, AnyRefusal>> = {
  FST_ERR_BAD_URL: { code: 'request.url_malformed' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'request.uri_too_long' },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'request.too_large' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'request.media_type_unsupported' },
  FST_ERR_NOT_FOUND: { code: 'route.not_found' },
};

/** What a socket says before there is a request. */
const ofSocket: Readonly<Record<string, AnyRefusal>> = {
  HPE_HEADER_OVERFLOW: { code: 'request.headers_too_large' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { code: 'request.too_large' },
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'request.timed_out' },
};

const ofStatus: Readonly<Record<number, AnyRefusal>> = {
  400: { code: 'request.malformed' },
  404: { code: 'route.not_found' },
  408: { code: 'request.timed_out' },
  413: { code: 'request.too_large' },
  414: { code: 'request.uri_too_long' },
  415: { code: 'request.media_type_unsupported' },
  431: { code: 'request.headers_too_large' },
};

type Thrown = { readonly refusal?: AnyRefusal; readonly code?: unknown; readonly statusCode?: unknown };

/** The refusal that stands for whatever was thrown. What nobody foresaw is our fault, and says nothing more. */
export const refusalOf = (error: unknown): AnyRefusal => {
  const { refusal, code, statusCode }: Thrown = typeof error === 'object' && error !== null ? error : {};
  if (refusal) return refusal;
  const known = typeof code === 'string' && code.startsWith('FST_') ? ofFastify[code] : undefined;
  // Before asking whether the database is away: a client that hangs up in the middle of its body is ECONNRESET too, with a status of its own.
  const byStatus = known ?? (typeof statusCode === 'number' ? ofStatus[statusCode] : undefined);
  return byStatus ?? (isAway(error) ? { code: 'server.unavailable' } : { code: 'server.fault' });
};

export const refusalOfSocket = (code: string | undefined): AnyRefusal => ofSocket[code ?? ''] ?? { code: 'request.malformed' };
