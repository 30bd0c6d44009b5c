import type { Session, SessionId } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf } from '../pages.js';
import { anyTextOrNull, closed, component, moment, uuid } from '../vocabulary.schemas.js';

export const OpenSession = component(
  'OpenSession',
  Type.Object(
    {
      id: uuid,
      device: Type.Unsafe<string | null>({ ...anyTextOrNull, description: 'What the client called itself when it signed in.' }),
      startedAt: moment,
      refreshedAt: moment,
      expiresAt: moment,
      current: Type.Boolean({ description: 'Whether this request belongs to it.' }),
    },
    closed,
  ),
);

export const OpenSessions = component('OpenSessions', pageOf(OpenSession.ref));

export const sessionComponents = [OpenSession.schema, OpenSessions.schema].map((schema) => ({ schema }));

export const openSessionView = (
  { id, device, startedAt, refreshedAt, expiresAt }: Session,
  current: SessionId,
): Static<typeof OpenSession.ref> => ({ id, device, startedAt, refreshedAt, expiresAt, current: id === current });
