import { isIPv4, isIPv6 } from 'node:net';

/**
 * Who an address stands for: itself, or of IPv6 its /64, as one subscriber has at least so many addresses. What is no
 * address is all one, so that nobody gets a name of his own by making one up.
 */
export function addressGroup(address: string): string {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '');
  if (isIPv4(plain)) return plain;
  const [unzoned = ''] = plain.split('%');
  if (!isIPv6(unzoned)) return 'unknown';
  const [head = '', tail] = unzoned.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Whether an address is of this machine itself. */
export const isLoopback = (address: string): boolean =>
  /^(?:::ffff:)?127\./i.test(address) || address === '::1';
