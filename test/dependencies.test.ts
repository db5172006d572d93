import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

/** The lowest versions without known holes, each with what was wrong before. */
const MINIMUM_VERSIONS: Record<string, { version: string; because: string }> = {
  '@apollo/composition': { version: '2.13.2', because: 'CVE-2026-32621' },
  '@apollo/federation-internals': { version: '2.13.2', because: 'CVE-2026-32621' },
  '@apollo/gateway': { version: '2.13.2', because: 'CVE-2026-32621' },
  '@apollo/query-graphs': { version: '2.13.2', because: 'CVE-2026-32621' },
  '@apollo/query-planner': { version: '2.13.2', because: 'CVE-2025-32030, CVE-2025-32031' },
  '@apollo/subgraph': { version: '2.13.2', because: 'CVE-2026-32621' },
  '@apollo/server': { version: '5.5.0', because: 'advisories of its maintainers' },
  graphql: { version: '16.8.1', because: 'CVE-2023-26144' },
  mongoose: { version: '9.9.2', because: 'advisories of its maintainers' },
};

/** What may be used and passed on without a question. Apollo's packages of federation are Elastic-2.0: the README says so. */
const LICENCES = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  '(MIT AND BSD-3-Clause)',
]);
const ELASTIC =
  /^@apollo\/(composition|federation-internals|gateway|query-graphs|query-planner|subgraph)$/;

const lockfile = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string(),
        license: z.string().optional(),
        dev: z.boolean().default(false),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

/** All copies of all packages. */
const packages = Object.entries(lockfile.packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ name: path.replace(/^.*node_modules\//, ''), ...locked }));

it('no package is older than its first version without known holes', () => {
  const older = packages.flatMap(({ name, version }) => {
    const minimum = MINIMUM_VERSIONS[name];
    const isGood = !minimum || isAtLeast(version, minimum.version);
    return isGood
      ? []
      : [`npm install ${name}@${minimum.version} or later (${minimum.because}): got ${version}`];
  });
  expect(older).toEqual([]);
  const installed = new Set(packages.map(({ name }) => name));
  expect(Object.keys(MINIMUM_VERSIONS).filter((name) => !installed.has(name))).toEqual([]);
  expect([isAtLeast('2.13.10', '2.13.2'), isAtLeast('2.9.9', '2.13.2')]).toEqual([true, false]);
});

it('whatever runs in production has a licence that lets anybody run it', () => {
  const others = packages.filter(
    ({ name, license = '', dev }) =>
      !dev && !LICENCES.has(license) && !(license === 'Elastic-2.0' && ELASTIC.test(name)),
  );
  expect(others).toEqual([]);
  expect(readFileSync('README.md', 'utf8')).toContain('Elastic');
});

function isAtLeast(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, 'en', { numeric: true }) >= 0;
}
