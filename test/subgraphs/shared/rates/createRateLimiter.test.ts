import { expect, test } from 'vitest';
import { Refused } from '../../../../subgraphs/shared/authentication/Refused.ts';
import { createRateLimiter } from '../../../../subgraphs/shared/rates/createRateLimiter.ts';

const config = { requestsPerS: 2, burstS: 5, sparesLoopback: true, wrongKeysPerMinute: 6 };

function start(changes: Partial<typeof config> = {}) {
  let time = 0;
  const limiter = createRateLimiter({ ...config, ...changes }, () => time);
  return {
    ...limiter,
    pass: (ms: number) => void (time += ms),
    /** How many of so many requests enter, and in how many seconds those that do not may come again. */
    enterOften(count: number, address: string, credential?: string) {
      let entered = 0;
      let waitS: number | undefined;
      for (let index = 0; index < count; index += 1) {
        try {
          limiter.enter({ address, credential });
          entered += 1;
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          waitS ??= error.retryAfterS;
        }
      }
      return { entered, waitS };
    },
  };
}

test('requests of an address are counted; those of this machine itself are not, until a limit is set', () => {
  const { enterOften, pass } = start();
  expect(enterOften(100, '192.0.2.1')).toEqual({ entered: 10, waitS: 1 });
  expect(enterOften(100, '192.0.2.2')).toEqual({ entered: 10, waitS: 1 });
  expect(enterOften(10_000, '127.0.0.1')).toEqual({ entered: 10_000 });
  expect(enterOften(10_000, '::1')).toEqual({ entered: 10_000 });
  pass(2_000);
  expect(enterOften(100, '192.0.2.1')).toEqual({ entered: 4, waitS: 1 });
  expect(start({ sparesLoopback: false }).enterOften(100, '127.0.0.1')).toMatchObject({
    entered: 10,
  });
});

test('a credential counts as wrong until it was found good', () => {
  const { enter, enterOften, pass } = start({ requestsPerS: 1_000 });
  const address = '127.0.0.1';
  for (let index = 0; index < 50; index += 1) {
    enter({ address, credential: 'good' })?.good('key:good');
    enter({ address, credential: `undecided ${index}` })?.undecided();
  }
  for (let index = 0; index < 6; index += 1) {
    enter({ address, credential: `wrong ${index}` })?.wrong();
  }
  expect(enterOften(5, address, 'wrong')).toEqual({ entered: 0, waitS: 10 });
  expect(enterOften(5, address, 'good, but not seen before')).toEqual({ entered: 0, waitS: 10 });
  expect(enterOften(5, address, 'good')).toEqual({ entered: 5 });
  expect(enterOften(5, address)).toEqual({ entered: 5 });
  expect(enterOften(5, '192.0.2.1', 'wrong')).toMatchObject({ entered: 5 });
  pass(20_000);
  expect(enterOften(5, address, 'wrong')).toEqual({ entered: 2, waitS: 10 });
});

test('a credential that is no longer good is a guess like others', () => {
  const { enter, enterOften } = start();
  const sender = { address: '192.0.2.1', credential: 'revoked' };
  enter(sender)?.good('key:revoked');
  enter(sender)?.wrong();
  expect(enterOften(20, sender.address, sender.credential)).toMatchObject({ entered: 6 });
});

test('a quarter of a million addresses with a wrong key each are not all remembered', () => {
  const { enter, states } = start();
  for (let index = 0; index < 250_000; index += 1) {
    const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    enter({ address, credential: 'wrong' })?.wrong();
  }
  expect(states()).toEqual({ requests: 100_000, wrongKeys: 100_000, knownKeys: 0 });
});
