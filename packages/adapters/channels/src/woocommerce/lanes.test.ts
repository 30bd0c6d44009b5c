import { deadlineFrom } from '../wire/deadline.js';
import { lanes } from './lanes.js';

const endless = { leftMs: () => 2 ** 31 - 1 };
const over = { leftMs: () => 0 };

describe('lanes', () => {
  it('let in as many as there is room for, and the next when one leaves', async () => {
    const enter = lanes(2);
    const [first] = await Promise.all([enter('shop', endless), enter('shop', endless)]);
    const told: string[] = [];
    const third = enter('shop', endless).then((leave) => told.push(leave ? 'in' : 'away'));
    await enter('other', endless);
    expect(told).toEqual([]);
    first?.();
    await third;
    expect(told).toEqual(['in']);
  });

  it('send away whoever has no time left, and let nobody in for it', async () => {
    const enter = lanes(1);
    const leave = await enter('shop', endless);
    expect(await enter('shop', over)).toBeNull();
    const next = enter('shop', endless);
    leave?.();
    leave?.();
    const inside = await next;
    expect(inside).not.toBeNull();
    expect(await enter('shop', over)).toBeNull();
    inside?.();
    expect(await enter('shop', over)).not.toBeNull();
  });
});

it('a deadline counts down to nothing and no further', () => {
  let now = 5;
  const deadline = deadlineFrom(100, () => now);
  now = 65.5;
  expect(deadline.leftMs()).toBe(39);
  now = 1_000;
  expect(deadline.leftMs()).toBe(0);
});
