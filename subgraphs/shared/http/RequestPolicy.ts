import type { FastifyRequest } from 'fastify';
import type { DocumentNode } from 'graphql';

/** The parameters of a GraphQL request as they were sent: nothing is known of them yet. */
export type RequestParameters = Record<string, unknown>;

/**
 * What a server has to say of a request before it looks for its document. Each part may refuse by throwing a
 * GraphQLError, such as `refusal()` makes.
 */
export interface RequestPolicy {
  /** What is really asked for, such as the text in the place of its id. Gives the parameters themselves when nothing changes. */
  resolve?(
    parameters: RequestParameters,
    request: FastifyRequest,
  ): RequestParameters | Promise<RequestParameters>;
  /** Looks at each request whose document has not been found valid before. The text is a string. */
  inspect?(text: string, parameters: RequestParameters): void;
  /** Told of each request whose document has been found valid, before its answer is sent. */
  found?(document: DocumentNode, request: FastifyRequest): void;
}
