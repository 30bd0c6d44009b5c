import { answer, sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { carrierAccountIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  accountChangeOf,
  CarrierAccount,
  CarrierAccountChange,
  CarrierAccountPage,
  CarrierAccountTried,
  carrierAccountQuery,
  carrierAccountView,
  NewCarrierAccount,
  newAccountOf,
  triedView,
} from './carrier-accounts.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['carriers'], summary });
const config = { permission: 'carrierAccount.manage', cost: 'account.connect' } as const;

/** On which accounts an organization buys from carriers. */
export const carrierAccountRoutes = routesOf((server, deps) => {
  lookAt(server, deps);
  change(server, deps);
});

const lookAt = (server: Typed, { read, useCases }: HttpDeps): void => {
  server.get(
    '/carrier-accounts',
    {
      config: { permission: 'carrierAccount.view' },
      schema: {
        ...told('listCarrierAccounts', 'Carrier accounts, newest first'),
        querystring: carrierAccountQuery,
        response: { 200: CarrierAccountPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ carrierAccounts }) => carrierAccounts.list(asked));
      return reply.send(pageAnswer('id', page, carrierAccountView));
    },
  );

  server.post(
    '/carrier-accounts/:id/test',
    {
      config,
      schema: {
        ...told('testCarrierAccount', 'Ask the carrier something harmless on an account'),
        description: `With a shipper's address it asks what a parcel would cost, which says whether key and number are right; otherwise it checks
an address, which tells of the key only. Nothing is bought.`,
        params: idParams,
        headers: keyed,
        response: { 200: CarrierAccountTried.ref, ...refusals('post', 'carrier_account.not_found', 'carrier.unknown') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: triedView }, (caller) =>
        useCases.tryCarrierAccount(caller, carrierAccountIdOf(request.params.id)),
      ),
  );
};

const change = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/carrier-accounts',
    {
      config,
      schema: {
        ...told('addCarrierAccount', 'Add an account at a carrier'),
        description: `From now on the organization buys from this carrier on accounts of its own, and never again on the installation's. Whether the
credentials are right is asked by the account's test.`,
        headers: keyed,
        body: NewCarrierAccount.ref,
        response: { 201: CarrierAccount.ref, ...refusals('post', 'carrier.unknown', 'carrier_account.invalid') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 201, view: carrierAccountView }, (caller) =>
        useCases.addCarrierAccount(caller, newAccountOf(request.body)),
      ),
  );

  server.patch(
    '/carrier-accounts/:id',
    {
      config,
      schema: {
        ...told('changeCarrierAccount', 'Change a carrier account'),
        description: `What is named is changed; what is left out stays, of the credentials too. The account's number can't be changed, since what was
begun is looked for under it: add another account.`,
        params: idParams,
        body: CarrierAccountChange.ref,
        response: {
          200: CarrierAccount.ref,
          ...refusals('change', 'carrier_account.not_found', 'carrier_account.invalid'),
        },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: carrierAccountView }, (caller) =>
        useCases.changeCarrierAccount(caller, carrierAccountIdOf(request.params.id), accountChangeOf(request.body)),
      ),
  );

  server.delete(
    '/carrier-accounts/:id',
    {
      config,
      schema: {
        ...told('removeCarrierAccount', 'Remove a carrier account'),
        description: 'Nothing new is bought on it. What was begun on it is still looked up, tracked and voided.',
        params: idParams,
        response: { 204: { type: 'null', description: 'Removed.' }, ...refusals('change', 'carrier_account.not_found') },
      },
    },
    async (request, reply) => {
      const removed = await useCases.removeCarrierAccount(callerOf(request), carrierAccountIdOf(request.params.id));
      return removed.ok ? reply.code(204).send(null) : sendRefused(reply, removed.error);
    },
  );
};
