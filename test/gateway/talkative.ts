import { once } from 'node:events';
import { ApolloGateway } from '@apollo/gateway';

// The control of telemetry.test.ts: what Apollo's gateway does when nobody stops it.
new ApolloGateway({ supergraphSdl: '' });
process.stdin.resume();
await once(process.stdin, 'end');
process.exit(0);
