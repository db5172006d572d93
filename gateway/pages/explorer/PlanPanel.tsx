import { parse, print } from 'graphql';
import { useState } from 'react';
import { Panel } from './Panel.tsx';
import { colorOf } from './subgraphColors.ts';
import { text } from '../shared/language.ts';
import { useSession } from './session.ts';
import type { PlanStep } from '../../transport/PlanStep.ts';

/** Which subgraph was asked what, in which order, how long each took, and the commands of its database. */
export function PlanPanel() {
  const { last } = useSession();
  const [open, setOpen] = useState(0);
  const title = text('Kế hoạch truy vấn', 'Query plan');
  if (!last) {
    return (
      <Panel title={title}>
        <p>
          {text(
            'Chạy một truy vấn để xem nó đi qua những dịch vụ nào.',
            'Run an operation to see which services it goes through.',
          )}
        </p>
      </Panel>
    );
  }
  const { planSteps, cost, __queryPlanExperimental: plan } = last.told;
  const steps = planSteps?.steps ?? [];
  const whole = planSteps?.ms ?? last.ms;
  const commands = steps.reduce((sum, step) => sum + (step.commands?.length ?? 0), 0);
  const chosen = steps[open];
  return (
    <Panel title={title}>
      <dl className="numbers">
        <Number label={text('toàn bộ', 'in all')} value={`${format(last.ms)} ms`} />
        <Number label={text('lần gọi dịch vụ', 'fetches')} value={String(steps.length)} />
        <Number
          label={text('lệnh MongoDB', 'MongoDB commands')}
          value={steps.some((step) => step.commands) ? String(commands) : '–'}
        />
        {cost && (
          <Number
            label={text('chi phí', 'cost')}
            value={`${cost.actual ?? cost.requested}`}
            hint={costHint(cost)}
          />
        )}
      </dl>
      {planSteps ? (
        <ol className="waterfall" aria-label={text('Các bước theo thời gian', 'Steps in time')}>
          {steps.map((step, index) => (
            <li key={index}>
              <button
                type="button"
                className="step"
                aria-pressed={index === open}
                onClick={() => setOpen(index)}
              >
                <span className="step-name">
                  <i style={{ background: colorOf(step.subgraph) }} /> {index + 1}. {step.subgraph}
                </span>
                <span className="step-what">
                  {step.entities === undefined
                    ? text('truy vấn', 'query')
                    : text(
                        `${step.entities} thực thể`,
                        `${step.entities} ${step.entities === 1 ? 'entity' : 'entities'}`,
                      )}
                  {step.code && <strong className="bad"> {step.code}</strong>}
                </span>
                <span className="track">
                  <span
                    className="bar"
                    style={{
                      marginInlineStart: `${Math.min((step.startMs / whole) * 100, 99)}%`,
                      width: `${Math.max(Math.min((step.ms / whole) * 100, 100), 0.8)}%`,
                      background: colorOf(step.subgraph),
                    }}
                  />
                </span>
                <span className="step-time">
                  {format(step.ms)} ms{step.commands ? ` · ${step.commands.length}` : ''}
                </span>
              </button>
            </li>
          ))}
        </ol>
      ) : (
        <p>
          {text(
            'Máy chủ không cho xem kế hoạch ở đây (QUERY_PLANS).',
            'This server does not show plans here (QUERY_PLANS).',
          )}
        </p>
      )}
      {chosen && <StepDetails step={chosen} number={open + 1} />}
      {plan && (
        <details>
          <summary>{text('Kế hoạch của Apollo, dạng chữ', "Apollo's plan as text")}</summary>
          <pre tabIndex={0}>{plan}</pre>
        </details>
      )}
    </Panel>
  );
}

function StepDetails({ step, number }: { step: PlanStep; number: number }) {
  return (
    <div className="step-details" style={{ borderColor: colorOf(step.subgraph) }}>
      <h3>
        {number}. {step.subgraph}
      </h3>
      <pre tabIndex={0}>{pretty(step.query)}</pre>
      {step.commands ? (
        step.commands.length ? (
          <table>
            <thead>
              <tr>
                <th>{text('lệnh', 'command')}</th>
                <th>{text('bộ sưu tập', 'collection')}</th>
                <th>ms</th>
              </tr>
            </thead>
            <tbody>
              {step.commands.map((command, index) => (
                <tr key={index}>
                  <td>{command.command}</td>
                  <td>{command.collection}</td>
                  <td>{format(command.ms)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p>
            {text(
              'Không cần hỏi cơ sở dữ liệu: đã có trong bộ nhớ.',
              'The database was not asked: it was in memory.',
            )}
          </p>
        )
      ) : (
        <p>
          {text(
            'Dịch vụ chạy ở tiến trình khác: không biết lệnh của nó.',
            'The service is another process: its commands are not known here.',
          )}
        </p>
      )}
    </div>
  );
}

const Number = ({ label, value, hint }: { label: string; value: string; hint?: string }) => (
  <div title={hint}>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

const format = (ms: number) => (ms < 10 ? ms.toFixed(1) : Math.round(ms).toString());

function costHint({
  requested,
  actual,
  budget,
  available,
}: {
  requested: number;
  actual?: number;
  budget?: number;
  available?: number;
}) {
  return [
    text(`dự tính ${requested}`, `estimated ${requested}`),
    ...(actual === undefined ? [] : [text(`thực tế ${actual}`, `actual ${actual}`)]),
    ...(budget === undefined
      ? []
      : [text(`tối đa mỗi truy vấn ${budget}`, `at most ${budget} for one operation`)]),
    ...(available === undefined ? [] : [text(`còn lại ${available}`, `${available} left`)]),
  ].join(' · ');
}

function pretty(query: string) {
  try {
    return print(parse(query));
  } catch {
    return query;
  }
}
