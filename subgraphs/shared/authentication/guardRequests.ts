import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { METRICS_PATH } from '../seen/serveMetrics.ts';
import { createRateLimiter, type Sender } from '../rates/createRateLimiter.ts';
import { ANYONE, type Viewer } from '../Viewer.ts';
import type { AuthenticationConfig } from './authenticationSettings.ts';
import { createAuthenticate, type Authenticate } from './authenticate.ts';
import { readApiKeys } from './readApiKeys.ts';
import { Refused } from './Refused.ts';
import { createTokens } from './verifyToken.ts';
import { createReadVoucher, VOUCHER_HEADER } from './vouch.ts';

/** Whether a server runs says nothing of what it serves. */
const OPEN = new Set<string | undefined>(['/healthz', '/readyz']);

/** It decides by itself who may read: whoever shows nothing is nobody there, and not refused. */
const OWN_RULE = METRICS_PATH;

/** Who sends requests. */
export interface Guard {
  /** Who sent a request that was let pass. */
  viewerOf(request: FastifyRequest): Viewer;
  /** Who shows such headers, now: keys are taken back, and tokens run out. Rejects with `Refused`. */
  identify(headers: IncomingHttpHeaders): Promise<Viewer>;
  /** Lets in who opened a WebSocket and shows such headers in his first message. Rejects with `Refused`. */
  admitSocket(request: FastifyRequest, shown: IncomingHttpHeaders): Promise<void>;
}

/**
 * Lets nobody pass to `app` but those whom `config` allows: refusals are answered with status 401, or 429
 * to who asks too often, in the shape of a GraphQL answer, before a body is read. Gives what tells who sent a request.
 * @param subgraph The name of the subgraph that is served: it believes its gateway about who asks.
 * @throws UserError when a file of keys is no good.
 */
export async function guardRequests(
  app: FastifyInstance,
  config: AuthenticationConfig,
  subgraph?: string,
): Promise<Guard> {
  const { vouchSecret, requireVoucher, publicReading } = config;
  const keys = await readApiKeys(config.keysFile, app.log);
  const tokens = config.token && (await createTokens(config.token, app.log));
  app.addHook('onClose', async () => {
    keys.close();
    tokens?.close();
  });
  const authenticate = createAuthenticate({
    keys,
    tokens,
    publicReading,
    gateway:
      subgraph === undefined
        ? undefined
        : {
            readVoucher:
              vouchSecret === undefined ? undefined : createReadVoucher(vouchSecret, subgraph),
            required: requireVoucher,
          },
  });

  const recognize = createAuthenticate({ keys, tokens, publicReading: true });

  // A subgraph that can't tell its gateway from others would slow down its gateway.
  const slowsDown = subgraph === undefined || vouchSecret !== undefined;
  const rates = slowsDown ? createRateLimiter(config.rates) : undefined;

  const viewers = new WeakMap<FastifyRequest, Viewer>();

  /** Finds out who shows such headers, counts that he asks, and remembers him as who sent the request. */
  const judge = (
    request: FastifyRequest,
    headers: IncomingHttpHeaders,
    identify: Authenticate,
  ): Viewer | Promise<Viewer> => {
    const isVouchedFor = subgraph !== undefined && headers[VOUCHER_HEADER] !== undefined;
    const trial = isVouchedFor ? undefined : rates?.enter(senderOf(request.ip, headers));
    const admit = (viewer: Viewer) => {
      if (viewer !== ANYONE) viewers.set(request, viewer);
      if (viewer.subject !== null) trial?.good(viewer.subject);
      return viewer;
    };
    const turnAway = (error: unknown): never => {
      if (error instanceof Refused && error.status === 401) trial?.wrong();
      else if (error instanceof Refused) trial?.undecided();
      throw error;
    };
    try {
      const viewer = identify(headers);
      return viewer instanceof Promise ? viewer.then(admit, turnAway) : admit(viewer);
    } catch (error) {
      return turnAway(error);
    }
  };

  app.addHook('onRequest', (request, reply, done) => {
    const { url } = request.routeOptions;
    if (OPEN.has(url)) return done();
    const turnAway = (error: unknown) => {
      if (error instanceof Refused) refuse(reply, error);
      else done(error instanceof Error ? error : new Error(String(error)));
    };
    // Who opens a WebSocket may show who he is in his first message.
    const decidesLater = url === OWN_RULE || request.ws;
    try {
      const viewer = judge(request, request.headers, decidesLater ? recognize : authenticate);
      if (viewer instanceof Promise) viewer.then(() => done(), turnAway);
      else done();
    } catch (error) {
      turnAway(error);
    }
  });
  const identify = async (headers: IncomingHttpHeaders) => authenticate(headers);
  return {
    viewerOf: (request) => viewers.get(request) ?? ANYONE,
    identify,
    async admitSocket(request, shown) {
      const headers = { ...request.headers, ...shown };
      // What the request itself showed was judged when it came.
      await (Object.keys(shown).length ? judge(request, headers, authenticate) : identify(headers));
    },
  };
}

function senderOf(address: string, headers: IncomingHttpHeaders): Sender {
  const { authorization, 'x-api-key': apiKey } = headers;
  return { address, credential: authorization ?? (apiKey && String(apiKey)) };
}

function refuse(reply: FastifyReply, { status, code, message, retryAfterS }: Refused) {
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  if (retryAfterS !== undefined) void reply.header('retry-after', String(retryAfterS));
  void reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code } }] });
}
