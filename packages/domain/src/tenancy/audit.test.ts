import { auditEntry, auditKinds } from './audit.js';

describe('an audit entry', () => {
  it('names its actor by id alone, and the request that did it', () => {
    const actor = { kind: 'user', id: 'u1', name: 'Mina Okafor' } as const;
    const event = { kind: 'member.role_changed', targetId: 'u2', facts: { from: 'admin', to: 'operator' } } as const;
    const at = new Date('2026-03-01T09:00:00.000Z');
    expect(auditEntry({ caller: { actor, requestId: 'r1' }, at, ids: { next: () => 'e1' } }, event)).toEqual({
      id: 'e1',
      at,
      actor: { kind: 'user', id: 'u1' },
      kind: 'member.role_changed',
      targetId: 'u2',
      facts: { from: 'admin', to: 'operator' },
      requestId: 'r1',
    });
  });

  it('has no room for personal data: every fact is an id, a word of ours, a number or a moment', () => {
    const facts = Object.values(auditKinds).flatMap(({ facts }) => [...facts] as string[]);
    const known = [
      'role',
      'from',
      'to',
      'fields',
      'scopes',
      'carrier',
      'channelKind',
      'count',
      'keyId',
      'expiresAt',
      'plan',
      'cancelAtPeriodEnd',
      'outcome',
    ];
    expect(facts.filter((fact) => !known.includes(fact) && !/Id$/.test(fact))).toEqual([]);
  });
});
