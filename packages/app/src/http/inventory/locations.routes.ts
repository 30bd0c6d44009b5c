import { answer } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { locationIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  Location,
  LocationChange,
  LocationPage,
  locationChangeOf,
  locationFactsOf,
  locationQuery,
  locationView,
  NewLocation,
} from './locations.schemas.js';

/** Places that hold stock. */
export const locationRoutes = routesOf((server, deps) => {
  lookAt(server, deps);
  change(server, deps);
});

const lookAt = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/locations',
    {
      config: { permission: 'location.view' },
      schema: {
        operationId: 'listLocations',
        tags: ['locations'],
        summary: 'Locations, by code',
        querystring: locationQuery,
        response: { 200: LocationPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('text', request.query);
      const page = await read(callerOf(request).organizationId, ({ locations }) => locations.list(asked));
      return reply.send(pageAnswer('text', page, locationView));
    },
  );
};

const change = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/locations',
    {
      config: { permission: 'location.write', cost: 'location.write' },
      schema: {
        operationId: 'addLocation',
        tags: ['locations'],
        summary: 'Add a location',
        headers: keyed,
        body: NewLocation.ref,
        response: { 201: Location.ref, ...refusals('post', 'location.code_taken') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 201, view: locationView }, (caller) =>
        useCases.addLocation(caller, locationFactsOf(request.body)),
      ),
  );

  server.patch(
    '/locations/:id',
    {
      config: { permission: 'location.write', cost: 'location.write' },
      schema: {
        operationId: 'changeLocation',
        tags: ['locations'],
        summary: 'Change a location',
        description: 'What is named is changed; what is left out stays.',
        params: idParams,
        body: LocationChange.ref,
        response: { 200: Location.ref, ...refusals('change', 'location.not_found', 'location.code_taken') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: locationView }, (caller) =>
        useCases.changeLocation(caller, locationIdOf(request.params.id), locationChangeOf(request.body)),
      ),
  );
};
