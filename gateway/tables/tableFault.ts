import type { GraphQLError } from 'graphql';
import { refusal } from '../../subgraphs/shared/http/refusal.ts';

/** Why a table can't be given: the message says what to do. */
export const tableFault = (
  code:
    | 'TABLE_NOT_FOUND'
    | 'TABLE_NOT_POSSIBLE'
    | 'TABLE_PARAMETER'
    | 'TABLE_LIST_TOO_LONG'
    | 'TABLE_CHANGED'
    | 'TABLE_PAGE_REPEATED',
  message: string,
  status = 400,
): GraphQLError => refusal(message, { code, status });
