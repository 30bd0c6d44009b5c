import fc from 'fast-check';
import type { ApiDocument } from '../documented.test-kit.js';
import { sampleFor } from '../requests.test-kit.js';
import type { Scene } from '../scene.test-kit.js';
import { bodiesOf } from './bodies.test-kit.js';
import { headersFor } from './headers.test-kit.js';
import type { Around, Operation } from './operations.test-kit.js';
import { pathsOf, queriesOf } from './targets.test-kit.js';
import type { WireRequest } from './wire.test-kit.js';

type Route = { readonly method: string; readonly path: string; readonly operation: Operation };

/** What requests are made from: a scene of placeholders, and the ids that there are. */
export type Material = { readonly scene: Scene; readonly ids: readonly string[] };

/** Requests to every operation of the document, with placeholders in them: most are nearly right, so that they get far. */
export const requestsOf = (document: ApiDocument, { scene, ids }: Material): fc.Arbitrary<WireRequest> => {
  const routes: readonly Route[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation: operation as unknown as Operation })),
  );
  const named = document.components.schemas;
  return fc
    .constantFrom(...routes)
    .chain((route) => requestTo(route, { named, ids, sample: sampleFor(route.operation.operationId, scene) }));
};

const otherMethods = ['PUT', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'GET', 'POST', 'PATCH', 'DELETE'];

const requestTo = ({ method, path, operation }: Route, around: Around): fc.Arbitrary<WireRequest> =>
  fc.record({
    method: fc.oneof(
      { weight: 30, arbitrary: fc.constant(method.toUpperCase()) },
      { weight: 1, arbitrary: fc.constantFrom(...otherMethods) },
    ),
    path: fc.tuple(pathsOf(path, around), queriesOf(operation, around)).map(([where, query]) => `${where}${query}`),
    headers: headersFor(operation, around),
    body: bodiesOf(operation, around),
  });
