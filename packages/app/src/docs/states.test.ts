import { diagramOf, statesDocument } from './states.js';

it('draws where a machine begins, where it goes, and where it ends', () => {
  expect(diagramOf({ begins: ['open'], moves: { open: ['shut', 'lost'], shut: ['open'], lost: [] } })).toBe(
    [
      '```mermaid',
      'stateDiagram-v2',
      '  [*] --> open',
      '  open --> shut',
      '  open --> lost',
      '  shut --> open',
      '  lost --> [*]',
      '```',
    ].join('\n'),
  );
});

it('draws every machine of the domain, and says what may be done to an order in which status', () => {
  const text = statesDocument();
  for (const way of [
    'readyToShip --> partiallyShipped',
    'partiallyRefunded --> refunded',
    'open --> broken',
    'purchasing --> unknown',
    'cancelling --> booked',
    'running --> failed',
    'authorised --> partlyReceived',
    'dead --> due',
  ])
    expect(text).toContain(`\n  ${way}\n`);
  expect(text).toContain('| `resume` |  |  |  |  | yes |  |  |  |  |  |');
});
