import { expect, test } from 'vitest';
import { createSlots, QueueFull } from '../../../../subgraphs/shared/load/createSlots.ts';

/** Slots that tell in which order work begins. */
function start(settings: { slots: number; slotsPerClient: number; queued: number }) {
  const slots = createSlots({ ...settings, queueTimeoutMs: 60_000 });
  const begun: string[] = [];
  const refused: string[] = [];
  return {
    slots,
    begun,
    refused,
    enter(client: string, name = client) {
      const turn = slots.enter(client);
      if (!turn) begun.push(name);
      turn?.came.then(
        () => begun.push(name),
        () => refused.push(name),
      );
      return turn;
    },
    async leave(client: string) {
      slots.leave(client);
      await Promise.resolve();
    },
  };
}

test('clients take turns, however much each of them asks for', async () => {
  const { enter, leave, begun } = start({ slots: 1, slotsPerClient: 1, queued: 10 });
  for (const name of ['a1', 'a2', 'a3', 'b1', 'a4', 'c1', 'b2']) enter(name.charAt(0), name);
  while (begun.length < 7) await leave(begun.at(-1)?.charAt(0) ?? '');
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
});

test('one client has no more than its share, and others go before it', async () => {
  const { enter, leave, begun, slots } = start({ slots: 3, slotsPerClient: 2, queued: 10 });
  for (const name of ['a1', 'a2', 'a3', 'b1']) enter(name.charAt(0), name);
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  await leave('b');
  expect([begun.length, slots.running(), slots.queued()]).toEqual([3, 2, 1]);
  await leave('a');
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
});

test('in a full queue whoever waits for least pushes out the latest of whoever waits for most', async () => {
  const { enter, refused, slots } = start({ slots: 1, slotsPerClient: 1, queued: 3 });
  for (const name of ['a1', 'a2', 'a3', 'a4']) enter('a', name);
  expect(slots.isFull('a')).toBe(true);
  expect(slots.isFull('b')).toBe(false);
  expect(() => enter('a', 'a5')).toThrow(QueueFull);
  enter('b', 'b1');
  await Promise.resolve();
  expect(refused).toEqual(['a4']);
  expect(() => enter('b', 'b2')).toThrow(QueueFull);
  expect(slots.queued()).toBe(3);
});

test('whoever gives up leaves no trace', async () => {
  const { enter, leave, begun, slots } = start({ slots: 1, slotsPerClient: 1, queued: 3 });
  enter('a', 'a1');
  enter('b')?.giveUp();
  enter('c');
  await leave('a');
  expect(begun).toEqual(['a1', 'c']);
  await leave('c');
  expect([slots.running(), slots.queued()]).toEqual([0, 0]);
});
