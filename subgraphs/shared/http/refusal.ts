import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

export interface RefusalSettings {
  code: string;
  /** The HTTP status. With 400, clients that want plain JSON get 200, as GraphQL over HTTP asks for. */
  status?: number;
  headers?: Record<string, string>;
  /** What else the client finds in the error. */
  extensions?: Record<string, unknown>;
}

/** An error that refuses a whole request: nothing of it is carried out. `message` says what the client can do. */
export function refusal(
  message: string,
  { code, status = 400, headers = {}, extensions }: RefusalSettings,
): GraphQLError {
  // As Apollo's server reads it; what formats errors takes it away.
  const http = { status, headers: new HeaderMap(Object.entries(headers)) };
  return new GraphQLError(message, { extensions: { code, ...extensions, http } });
}
