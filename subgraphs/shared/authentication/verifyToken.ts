import { readFile } from 'node:fs/promises';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { isRecord } from '../isRecord.ts';
import { UserError } from '../UserError.ts';
import type { Viewer } from '../Viewer.ts';
import { Refused } from './Refused.ts';
import { watchContent, type WatchLog } from '../watchContent.ts';

/** Which tokens a server takes, and what it reads in them. */
export interface TokenSettings {
  issuer: string;
  audience: string;
  /** Where the public keys are: a file, or an http(s) URL. */
  jwks: string;
  /** How far clocks may be apart. */
  leewayS: number;
  /** The names of claims; `a.b` is `b` in `a` where no claim has the whole name. */
  claims: { agency: string; roles: string; scope: string };
}

export interface Tokens {
  /** Who shows this token. Rejects with `Refused` when it is not to be believed. */
  recognize(token: string): Promise<Viewer>;
  close(): void;
}

/**
 * Signatures that only the holder of a private key can make. A secret that both sides share is not among
 * them: else a public key, which everybody knows, could be used as one.
 */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

const REMOTE = { timeoutDuration: 5_000, cooldownDuration: 30_000, cacheMaxAge: 600_000 };

/** Makes what verifies tokens. Rejects with a UserError when the file of public keys is no good. */
export async function createTokens(settings: TokenSettings, log: WatchLog): Promise<Tokens> {
  const { issuer, audience, leewayS, claims } = settings;
  const keys = await openKeySet(settings.jwks, log);
  return {
    close: keys.close,
    async recognize(token) {
      try {
        const { payload } = await jwtVerify(token, keys.find, {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          clockTolerance: leewayS,
          requiredClaims: ['exp', 'sub'],
        });
        return toViewer(payload, claims);
      } catch (error) {
        if (error instanceof Refused) throw error;
        const reason = whatIsWrong(error);
        if (reason !== undefined) throw new Refused(`This token is refused: ${reason}.`);
        log.error({ err: error, jwks: settings.jwks }, 'tokens can not be verified');
        const message =
          "Tokens can't be verified at the moment: try again soon, or use an API key.";
        throw new Refused(message, 503);
      }
    },
  };
}

async function openKeySet(jwks: string, log: WatchLog) {
  if (/^https?:/.test(jwks)) {
    const remote = createRemoteJWKSet(new URL(jwks), REMOTE);
    return { find: remote as JWTVerifyGetKey, close: () => {} };
  }
  const content = await watchContent(jwks, readKeySet, log);
  const find: JWTVerifyGetKey = (header, token) => content.current()(header, token);
  return { find, close: content.close };
}

async function readKeySet(file: string) {
  try {
    // jose says itself what is wrong with it.
    return createLocalJWKSet(JSON.parse(await readFile(file, 'utf8')) as JSONWebKeySet);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `JWT_JWKS=${file} must be a file with a JSON Web Key Set, or its URL: ${reason}`;
    throw new UserError(message, [], { cause: error });
  }
}

/** What the holder of a token can mend; undefined for what is no fault of the token. */
function whatIsWrong(error: unknown): string | undefined {
  if (error instanceof errors.JWTExpired) return 'it has expired: get a new one';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.reason === 'missing'
      ? `it has no claim "${error.claim}"`
      : `its claim "${error.claim}" is not what is expected here`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'it was signed with a key that is unknown here';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'it does not say which key signed it';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'its algorithm is not allowed';
  const isMalformed =
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSENotSupported;
  return isMalformed ? 'it is not a token of a kind that is taken here' : undefined;
}

function toViewer(payload: JWTPayload, claims: TokenSettings['claims']): Viewer {
  const agency = claim(payload, claims.agency);
  if (agency !== undefined && typeof agency !== 'string') {
    throw new Refused(`This token is refused: its claim "${claims.agency}" is not a text.`);
  }
  return {
    agency: agency ?? null,
    roles: words(claim(payload, claims.roles)),
    scopes: words(claim(payload, claims.scope)),
    subject: `token:${payload.sub}`,
  };
}

function claim(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name
    .split('.')
    .reduce<unknown>(
      (inside, step) =>
        isRecord(inside) && Object.hasOwn(inside, step) ? inside[step] : undefined,
      payload,
    );
}

/** Some issuers write lists, others one text with spaces. What is neither gives no right. */
function words(value: unknown): string[] {
  if (typeof value === 'string') return value.split(' ').filter(Boolean);
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}
