import { expect, it } from 'vitest';
import { redactUri } from '../../scripts/database/redactUri.ts';

it.each([
  [
    'mongodb://127.0.0.1:27017/?directConnection=true',
    'mongodb://127.0.0.1:27017/?directConnection=true',
  ],
  ['mongodb://ann:secret@host:1,other:2/db?w=1', 'mongodb://ann:***@host:1,other:2/db?w=1'],
  ['mongodb+srv://ann:secret@host', 'mongodb+srv://ann:***@host'],
  ['mongodb://ann:s/e?c@r:et@host', 'mongodb://ann:***@host'],
  ['mongodb//ann:secret@host', 'mongodb//ann:***@host'],
  ['ann:secret@host', 'ann:***@host'],
  [
    'mongodb://host/?tlsCertificateKeyFilePassword=secret&w=1',
    'mongodb://host/?tlsCertificateKeyFilePassword=***&w=1',
  ],
  [
    'mongodb://host/?authMechanismProperties=A:b,AWS_SESSION_TOKEN:secret',
    'mongodb://host/?authMechanismProperties=A:b,AWS_SESSION_TOKEN:***',
  ],
])('%s is shown as %s', (uri, shown) => {
  expect(redactUri(uri)).toBe(shown);
});
