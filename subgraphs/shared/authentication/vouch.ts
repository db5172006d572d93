import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { ANYONE, type Viewer } from '../Viewer.ts';
import { Refused } from './Refused.ts';

/** The header by which the gateway vouches to a subgraph for who asks. */
export const VOUCHER_HEADER = 'antq-viewer';

const ISSUER = 'antq-gateway';
const TYPE = 'antq-viewer+jwt';
const LIFETIME_S = 60;
/** Clocks of the two machines may be so far apart. */
const LEEWAY_S = 5;
/** One is signed for so long, then the next: far less than it is good for, so that it never expires on its way. */
const REUSED_MS = 10_000;
const KEPT = 1_000;

/** The header's value for a viewer and a subgraph. It is at hand, and not a promise, for all but the first. */
export type Vouch = (viewer: Viewer, subgraph: string) => string | Promise<string>;

/** Makes what signs: a short-lived token that says the whole viewer and is good for one subgraph only. */
export function createVouch(secret: string): Vouch {
  const key = Buffer.from(secret);
  const signed = new LRUCache<string, { value: string | Promise<string> }>({
    max: KEPT,
    ttl: REUSED_MS,
  });
  return (viewer, subgraph) => {
    const content = JSON.stringify([subgraph, viewer]);
    const known = signed.get(content);
    if (known) return known.value;
    const entry: { value: string | Promise<string> } = {
      value: new SignJWT({ viewer })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(subgraph)
        .setIssuedAt()
        .setExpirationTime(`${LIFETIME_S}s`)
        .sign(key)
        .then((token) => (entry.value = token)),
    };
    signed.set(content, entry);
    return entry.value;
  };
}

const viewerForm = z.strictObject({
  agency: z.string().nullable(),
  roles: z.array(z.string()),
  scopes: z.array(z.string()),
  subject: z.string().nullable(),
});

/** Who asks, by the word of the gateway. Refuses, at once or later, what the gateway has not signed for this subgraph. */
export type ReadVoucher = (token: string) => Viewer | Promise<Viewer>;

/** Makes what reads that header in `subgraph`. */
export function createReadVoucher(secret: string, subgraph: string): ReadVoucher {
  const key = Buffer.from(secret);
  const known = new LRUCache<string, { viewer: Viewer; until: number }>({ max: KEPT });

  const verify = async (token: string) => {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        typ: TYPE,
        issuer: ISSUER,
        audience: subgraph,
        requiredClaims: ['exp', 'iat'],
        maxTokenAge: LIFETIME_S,
        clockTolerance: LEEWAY_S,
      });
      const viewer = viewerForm.parse(payload['viewer']);
      const isAnyone = viewer.subject === null;
      const until = (Number(payload.exp) + LEEWAY_S) * 1_000;
      known.set(token, { viewer: isAnyone ? ANYONE : viewer, until });
      return isAnyone ? ANYONE : viewer;
    } catch (error) {
      throw new Refused(
        error instanceof errors.JWTExpired
          ? `The header ${VOUCHER_HEADER} has expired: the clocks of gateway and subgraph must agree.`
          : `The header ${VOUCHER_HEADER} was not signed by the gateway for the subgraph "${subgraph}": both need the same VOUCH_SECRET.`,
      );
    }
  };

  return (token) => {
    const seen = known.get(token);
    return seen && Date.now() < seen.until ? seen.viewer : verify(token);
  };
}
