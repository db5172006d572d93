import { useEffect, useState } from 'react';
import { Panel } from './Panel.tsx';
import type { OwnerMap } from '../../supergraph/describeOwners.ts';
import { colorOf } from './subgraphColors.ts';
import { text } from '../shared/language.ts';

type MappedType = OwnerMap['types'][number];

/** What clients use to page through lists, and nobody looks for on a map. */
const isPlumbing = ({ name }: MappedType) =>
  /(Connection|Edge|PageInfo|Payload|Version|Problem)$/.test(name);

/** The entities of the graph, in the colours of the subgraphs that give them, and how they refer to each other. */
export function MapPanel() {
  const [map, setMap] = useState<OwnerMap>();
  const [chosen, setChosen] = useState<string>();
  useEffect(() => {
    void fetch('/owners.json')
      .then(async (response) => (await response.json()) as OwnerMap)
      .then(setMap)
      .catch(() => setMap({ subgraphs: [], types: [] }));
  }, []);
  if (!map) return <Panel title={text('Sơ đồ dữ liệu', 'Schema map')}>…</Panel>;
  const byName = new Map(map.types.map((type) => [type.name, type]));
  const entities = map.types.filter(
    (type) =>
      type.isEntity &&
      !isPlumbing(type) &&
      // What implements an entity is shown with it.
      !type.implements.some((name) => byName.get(name)?.isEntity),
  );
  const places = layOut(entities, map.subgraphs);
  const links = linksOf(entities, byName);
  const height = Math.max(...[...places.values()].map(({ y }) => y), 0) + 34;
  const type = chosen === undefined ? undefined : byName.get(chosen);
  const isNear = (from: string, to: string) => chosen === from || chosen === to;
  return (
    <Panel title={text('Sơ đồ dữ liệu', 'Schema map')}>
      <ul className="legend">
        {map.subgraphs.map((name) => (
          <li key={name}>
            <i style={{ background: colorOf(name) }} /> {name}
          </li>
        ))}
      </ul>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        className="map"
        role="group"
        aria-label={text('Các thực thể và liên kết', 'Entities and their links')}
      >
        {links.map(({ from, to }) => {
          const a = places.get(from);
          const b = places.get(to);
          if (!a || !b) return null;
          return (
            <path
              key={`${from} ${to}`}
              d={curve(a, b)}
              className={isNear(from, to) ? 'link near' : 'link'}
            />
          );
        })}
        {entities.map((entity) => {
          const place = places.get(entity.name);
          if (!place) return null;
          return (
            <g
              key={entity.name}
              tabIndex={0}
              role="button"
              aria-pressed={entity.name === chosen}
              className={entity.name === chosen ? 'entity chosen' : 'entity'}
              transform={`translate(${place.x} ${place.y})`}
              onClick={() => setChosen(entity.name)}
              onKeyDown={({ key }) => (key === 'Enter' || key === ' ') && setChosen(entity.name)}
            >
              <rect width={BOX} height={24} rx={4} />
              {entity.subgraphs.map((name, index) => (
                <rect
                  key={name}
                  x={0}
                  y={(24 / entity.subgraphs.length) * index}
                  width={5}
                  height={24 / entity.subgraphs.length}
                  style={{ fill: colorOf(name) }}
                />
              ))}
              <text x={10} y={16}>
                {entity.name}
              </text>
            </g>
          );
        })}
      </svg>
      {type ? (
        <TypeDetails type={type} byName={byName} choose={setChosen} />
      ) : (
        <p>
          {text(
            'Chọn một thực thể để xem trường nào do dịch vụ nào cung cấp.',
            'Choose an entity to see which service gives which of its fields.',
          )}
        </p>
      )}
    </Panel>
  );
}

function TypeDetails({
  type,
  byName,
  choose,
}: {
  type: MappedType;
  byName: ReadonlyMap<string, MappedType>;
  choose(name: string): void;
}) {
  const kinds = [...byName.values()].filter((each) => each.implements.includes(type.name));
  return (
    <div className="type-details">
      <h3>{type.name}</h3>
      <p>
        {text('Có ở', 'In')}: {type.subgraphs.join(', ')}
      </p>
      {kinds.length > 0 && (
        <p>
          {text('Gồm', 'One of')}:{' '}
          {kinds.map((kind, index) => (
            <span key={kind.name}>
              {index > 0 && ', '}
              <button type="button" className="plain" onClick={() => choose(kind.name)}>
                {kind.name}
              </button>
            </span>
          ))}
        </p>
      )}
      <table>
        <tbody>
          {type.fields.map((field) => {
            const target =
              byName.get(field.type.replace(/Connection$/, '')) ?? byName.get(field.type);
            return (
              <tr key={field.name}>
                <td>
                  {field.subgraphs.map((name) => (
                    <i key={name} title={name} style={{ background: colorOf(name) }} />
                  ))}{' '}
                  {field.name}
                </td>
                <td>
                  {target ? (
                    <button type="button" className="plain" onClick={() => choose(target.name)}>
                      {field.type}
                    </button>
                  ) : (
                    field.type
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const WIDTH = 300;
const BOX = 138;
const ROW = 32;
const BETWEEN = 14;

/** A block of two columns for each subgraph; an entity stands in that of the subgraph that knows most of it. */
function layOut(entities: readonly MappedType[], subgraphs: readonly string[]) {
  const places = new Map<string, { x: number; y: number }>();
  let top = 4;
  for (const subgraph of subgraphs) {
    const own = entities.filter((entity) => homeOf(entity) === subgraph);
    own.forEach((entity, index) =>
      places.set(entity.name, {
        x: (index % 2) * (WIDTH - BOX),
        y: top + Math.floor(index / 2) * ROW,
      }),
    );
    if (own.length) top += Math.ceil(own.length / 2) * ROW + BETWEEN;
  }
  return places;
}

function homeOf({ fields, subgraphs }: MappedType) {
  const count = (name: string) =>
    fields.filter((field) => field.subgraphs[0] === name && field.subgraphs.length === 1).length;
  return [...subgraphs].sort((a, b) => count(b) - count(a))[0];
}

function linksOf(entities: readonly MappedType[], byName: ReadonlyMap<string, MappedType>) {
  const names = new Set(entities.map(({ name }) => name));
  const seen = new Set<string>();
  return entities.flatMap((entity) =>
    entity.fields.flatMap(({ type }) => {
      const through = byName.get(type);
      const nodes =
        through && isPlumbing(through)
          ? through.fields.find(({ name }) => name === 'nodes')?.type
          : type;
      const key = [entity.name, nodes].sort().join(' ');
      if (nodes === undefined || nodes === entity.name || !names.has(nodes) || seen.has(key))
        return [];
      seen.add(key);
      return [{ from: entity.name, to: nodes }];
    }),
  );
}

function curve(a: { x: number; y: number }, b: { x: number; y: number }) {
  const [left, right] = a.x <= b.x ? [a, b] : [b, a];
  if (left.x === right.x) {
    // On the side where there is room.
    const [x, away] = left.x ? [left.x, -14] : [left.x + BOX, 14];
    return `M${x} ${left.y + 12} C${x + away} ${left.y + 12} ${x + away} ${right.y + 12} ${x} ${right.y + 12}`;
  }
  const from = left.x + BOX;
  const middle = (from + right.x) / 2;
  return `M${from} ${left.y + 12} C${middle} ${left.y + 12} ${middle} ${right.y + 12} ${right.x} ${right.y + 12}`;
}
