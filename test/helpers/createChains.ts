import { citing, type createRecords } from './factories.ts';

const THREE = [0, 1, 2];

/**
 * Makes organizations, each with three documents, campaigns, activities, figures in metrics of their
 * own, and recognitions either way. Gives the source that all of them cite.
 */
export function createChains(records: ReturnType<typeof createRecords>, count: number): string {
  const source = records.createSource().id;
  const provenance = citing(source);
  const region = records.createUnit({ level: 'REGION', unitType: 'VUNG', provenance }).id;
  const places = Array.from(
    { length: count },
    () => records.createUnit({ parent: region, provenance }).id,
  );
  const organizations = places.map((place) => records.createOrganization({ place, provenance }).id);
  for (const [index, organization] of organizations.entries()) {
    const issuer = organizations[(index + 1) % count] ?? '';
    for (const each of THREE) {
      const document = records.createDocument({ issuer: organization, provenance }).id;
      const campaign = records.createCampaign({
        provenance,
        document,
        parties: [{ organization, role: 'LEAD' }],
      }).id;
      const event = records.createEvent({
        provenance,
        date: `20${10 + each}`,
        campaigns: [campaign],
        participations: [{ organization, role: 'ORGANIZER' }],
      }).id;
      const metric = `METRIC_${index}_${each}`;
      records.createOutcome({ provenance, campaign, event, metric, actors: [organization] });
      records.createRecognition({
        provenance,
        campaign,
        event,
        place: places[index] ?? region,
        issuers: [{ organization: issuer, level: 'PROVINCE' }],
        recipients: [{ organization }],
      });
    }
  }
  return source;
}
