import { z } from 'zod';
import { flag, wholeNumber } from '../settings.ts';
import { rateSettings, toRateConfig, type RateConfig } from '../rates/rateSettings.ts';
import { UserError } from '../UserError.ts';
import type { TokenSettings } from './verifyToken.ts';

/** Whom a server believes, and what it wants to see. */
export interface AuthenticationConfig {
  /** Where API keys are kept. */
  keysFile: string;
  /** Whether who shows no credentials may read. */
  publicReading: boolean;
  /** Undefined where no tokens are taken. */
  token: TokenSettings | undefined;
  /** What the gateway signs with and subgraphs verify with; undefined where nobody vouches. */
  vouchSecret: string | undefined;
  /** Whether a subgraph answers nobody but its gateway. */
  requireVoucher: boolean;
  /** How often one may ask, and be wrong about a key. */
  rates: RateConfig;
}

const claim = (name: string) => z.string().default(name);

/** Settings of every server, by the names that they have in the environment. */
export const authenticationSettings = {
  KEYS_FILE: z.string().default('.data/keys.json'),
  PUBLIC_READING: flag().default(true),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWT_JWKS: z.string().optional(),
  JWT_LEEWAY_S: wholeNumber(0, 600).default(5),
  JWT_AGENCY_CLAIM: claim('agency'),
  JWT_ROLES_CLAIM: claim('roles'),
  JWT_SCOPE_CLAIM: claim('scope'),
  VOUCH_SECRET: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= 32, {
      error: 'must be at least 32 bytes long: make one with "openssl rand -base64 48"',
    })
    .optional(),
  REQUIRE_VOUCHER: flag().default(false),
  ...rateSettings,
};

type Settings = z.output<z.ZodObject<typeof authenticationSettings>>;

/**
 * The settings of authentication, from values that were checked one by one.
 * @throws UserError when they do not go together.
 */
export function toAuthenticationConfig(settings: Settings): AuthenticationConfig {
  if (settings.REQUIRE_VOUCHER && settings.VOUCH_SECRET === undefined) {
    throw new UserError(
      'REQUIRE_VOUCHER=true needs a VOUCH_SECRET: the one that the gateway has, or nobody could ask',
    );
  }
  return {
    keysFile: settings.KEYS_FILE,
    publicReading: settings.PUBLIC_READING,
    token: toTokenSettings(settings),
    vouchSecret: settings.VOUCH_SECRET,
    requireVoucher: settings.REQUIRE_VOUCHER,
    rates: toRateConfig(settings),
  };
}

function toTokenSettings(settings: Settings): TokenSettings | undefined {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_JWKS: jwks } = settings;
  if (issuer === undefined && audience === undefined && jwks === undefined) return undefined;
  if (issuer === undefined || audience === undefined || jwks === undefined) {
    throw new UserError(
      'JWT_ISSUER, JWT_AUDIENCE and JWT_JWKS go together: set all three to take tokens, or none of them',
    );
  }
  return {
    issuer,
    audience,
    jwks,
    leewayS: settings.JWT_LEEWAY_S,
    claims: {
      agency: settings.JWT_AGENCY_CLAIM,
      roles: settings.JWT_ROLES_CLAIM,
      scope: settings.JWT_SCOPE_CLAIM,
    },
  };
}
