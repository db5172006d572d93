import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createSchema } from './createSchema.ts';

const server = new ApolloServer({
  schema: createSchema(),
  includeStacktraceInErrorResponses: false,
});
const port = Number(process.env['PORT'] ?? 4010);
// Reached by this machine alone. Only the gateway should reach it: see README.md.
const { url } = await startStandaloneServer(server, { listen: { port, host: '127.0.0.1' } });
console.log(`ready ${url}`);
