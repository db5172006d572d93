// Loaded into a process before its program (node --import): prints a line for every attempt of the process
// to reach, or to look up, anything but the machine that it runs on.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/** Reports the host that each call of `object[method]` is about; anything but a text stands for this machine. */
function watch(object: object, method: string, hostOf: (parameters: unknown[]) => unknown) {
  const original: unknown = Reflect.get(object, method);
  if (typeof original !== 'function') return;
  Reflect.set(object, method, function (this: unknown, ...parameters: unknown[]): unknown {
    const host = hostOf(parameters);
    if (typeof host === 'string' && !/^(127\.|\[?::1\]?$|localhost$)/.test(host)) {
      process.stdout.write(`reached out: ${method} ${host}\n`);
    }
    const result: unknown = Reflect.apply(original, this, parameters);
    return result;
  });
}

watch(net.Socket.prototype, 'connect', ([first, second]) => {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  return typeof options === 'object' && options !== null ? Reflect.get(options, 'host') : second;
});
watch(dgram.Socket.prototype, 'connect', ([, host]) => host);
watch(dgram.Socket.prototype, 'send', (parameters) =>
  parameters.slice(1).find((parameter) => typeof parameter === 'string'),
);
for (const resolver of [
  dns,
  dns.promises,
  dns.Resolver.prototype,
  dns.promises.Resolver.prototype,
]) {
  for (const method of Object.keys(Object.getOwnPropertyDescriptors(resolver))) {
    if (/^(lookup|reverse|resolve.*)$/.test(method)) watch(resolver, method, ([host]) => host);
  }
}
syncBuiltinESMExports();
