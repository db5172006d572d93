import { useState } from 'preact/hooks';
import { DashboardCampaigns, DashboardRecognitions } from './__generated__/operations.ts';
import { language, text } from '../shared/language.ts';
import { Events } from './Events.tsx';
import { FilterBar } from './FilterBar.tsx';
import { campaignVariables, recognitionFilter, SEVERAL, toAddress, type Shown } from './filters.ts';
import { Glance } from './Glance.tsx';
import { formLabel, nameOf } from './labels.ts';
import { Outcomes } from './Outcomes.tsx';
import { Programmes } from './Programmes.tsx';
import { Recognitions } from './Recognitions.tsx';
import { Section } from './Section.tsx';
import { Sources } from './Sources.tsx';
import { useAddress } from './useAddress.ts';
import { useAnswer, type Answer } from './useAnswer.ts';
import { useLive } from './useLive.ts';

/** The movement on one page, of the province, the year and the programme that the address says. */
export function Dashboard() {
  const [address, go] = useAddress();
  const [turn, setTurn] = useState(0);
  const { filters, shown } = address;
  const { isLive, mayAsk } = useLive(() => setTurn((before) => before + 1));
  const askedAt = mayAsk ? turn : undefined;
  const campaigns = useAnswer(DashboardCampaigns, campaignVariables(filters), askedAt);
  const recognitions = useAnswer(
    DashboardRecognitions,
    { filter: recognitionFilter(filters) },
    askedAt,
  );

  const hrefOf = (next: Shown) => toAddress({ filters, shown: next }, location.search);
  const stateOf = <Data,>({ isLoading, hasFailed }: Answer<Data>, rows: unknown[] | undefined) =>
    rows
      ? rows.length
        ? ('shown' as const)
        : ('empty' as const)
      : hasFailed && !isLoading
        ? ('failed' as const)
        : ('loading' as const);
  const answers = [campaigns, recognitions];
  const hasFailed = answers.every((answer) => answer.hasFailed);
  const isPartial = answers.some(({ errors, hasFailed: none }) => none || errors.length > 0);
  const isLoading = answers.some((answer) => answer.isLoading);
  const aggregates = campaigns.data?.outcomeAggregates;
  const other = new URLSearchParams(location.search);
  other.set('lang', text('en', 'vi'));

  return (
    <>
      <header class="top">
        <div>
          <p class="movement">{text('Phong trào', 'The movement')}</p>
          <h1>
            Toàn dân bảo vệ an ninh Tổ quốc
            {language === 'en' && <span>All people protect national security</span>}
          </h1>
        </div>
        <nav>
          <span class={isLive ? 'live on' : 'live'} role="status">
            {isLive ? text('Trực tiếp', 'Live') : text('Chưa trực tiếp', 'Not live')}
          </span>
          <a href={`?${other}`} lang={text('en', 'vi')}>
            {text('English', 'Tiếng Việt')}
          </a>
          <a href={text('/', '/?lang=en')}>{text('Khám phá', 'Explorer')}</a>
          <a href="/data">{text('Bảng dữ liệu', 'Tables')}</a>
          <button type="button" onClick={() => print()}>
            {text('In', 'Print')}
          </button>
        </nav>
      </header>
      <main>
        <FilterBar
          filters={filters}
          campaigns={campaigns.data}
          recognitions={recognitions.data}
          onChange={(next) => go({ filters: next })}
        />
        {isPartial && !isLoading && (
          <div class="notice" role="alert">
            <p>
              {hasFailed
                ? text(
                    'Không tải được dữ liệu. Máy chủ không trả lời, hoặc đang khởi động lại.',
                    'The data could not be loaded. The server does not answer, or is starting again.',
                  )
                : text(
                    'Một phần dữ liệu tạm thời không có: một dịch vụ đang nghỉ. Những gì hiển thị vẫn đúng, nhưng chưa đủ.',
                    'A part of the data is missing for the moment: a service is down. What is shown is right, but not all.',
                  )}
            </p>
            <button type="button" onClick={() => setTurn(turn + 1)}>
              {text('Thử lại', 'Try again')}
            </button>
          </div>
        )}
        <Glance campaigns={campaigns.data} recognitions={recognitions.data} isLoading={isLoading} />
        <div class="columns">
          <div>
            <Section
              title={text('Kết quả theo địa phương và năm', 'Outcomes by place and year')}
              hint={text(
                'Độ dài theo bậc lũy thừa (thang lôga). Phần nhạt: khoảng mà các nguồn mâu thuẫn. ≈: nguồn nói ước chừng. Bấm một cột để xem nguồn.',
                'Lengths are orders of magnitude (logarithmic). Lighter: the range in which sources contradict. ≈: the source hedges. Click a bar for its sources.',
              )}
              state={stateOf(campaigns, aggregates)}
              table="/data/OutcomesByProvince.csv"
            >
              <Outcomes
                hrefOf={hrefOf}
                aggregates={aggregates ?? []}
                arePlacesKnown={!campaigns.errors.some(({ path }) => path?.includes('unit'))}
              />
            </Section>
            <Section
              title={text('Chương trình và các bên', 'Programmes and their parties')}
              state={stateOf(campaigns, campaigns.data?.programmes.nodes)}
            >
              {campaigns.data && <Programmes programmes={campaigns.data.programmes} />}
            </Section>
          </div>
          <div>
            <Section
              title={text('Khen thưởng theo hình thức', 'Recognitions by form')}
              state={stateOf(recognitions, recognitions.data?.byForm)}
              table="/data/RecognitionsByForm.csv"
            >
              <Recognitions
                title={text('Khen thưởng theo hình thức', 'Recognitions by form')}
                rows={(recognitions.data?.byForm ?? []).map(({ form, totals }) => ({
                  label: formLabel(form),
                  totals,
                  href: hrefOf({ kind: 'form', form: form ?? SEVERAL }),
                }))}
              />
            </Section>
            <Section
              title={text('Khen thưởng theo đơn vị trao', 'Recognitions by issuer')}
              state={stateOf(recognitions, recognitions.data?.byIssuer)}
            >
              <Recognitions
                title={text('Khen thưởng theo đơn vị trao', 'Recognitions by issuer')}
                rows={(recognitions.data?.byIssuer ?? []).map(({ issuer, totals }) => ({
                  label: issuer
                    ? nameOf(issuer.name)
                    : text('Nhiều đơn vị cùng trao', 'Several issuers together'),
                  totals,
                  href: hrefOf({ kind: 'issuer', issuer: issuer?.id ?? SEVERAL }),
                }))}
              />
            </Section>
            <Section
              title={text('Sự kiện gần đây', 'Recent events')}
              state={stateOf(campaigns, campaigns.data?.events.nodes)}
            >
              <Events events={campaigns.data?.events.nodes ?? []} hrefOf={hrefOf} />
            </Section>
          </div>
        </div>
      </main>
      {shown && (
        <Sources
          key={JSON.stringify(shown)}
          shown={shown}
          filters={filters}
          onClose={() => go({ filters })}
        />
      )}
    </>
  );
}
