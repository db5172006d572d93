import { expect, test } from 'vitest';
import { addressGroup, isLoopback } from '../../../../subgraphs/shared/rates/addressGroup.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ['nonsense', 'unknown'],
  ['', 'unknown'],
])('%s stands for %s', (address, group) => {
  expect(addressGroup(address)).toBe(group);
});

test('this machine itself is known by its addresses', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopback)).not.toContain(
    false,
  );
  expect(['128.0.0.1', '::2', '10.127.0.0', '2001:db8::1'].map(isLoopback)).not.toContain(true);
});
