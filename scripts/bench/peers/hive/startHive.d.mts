export function startHive(supergraphFile: string): Promise<{ url: string }>;
