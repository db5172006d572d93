/** One colour for each subgraph, by its place in the order of names; from Okabe and Ito, told apart by everybody. */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

/** Subgraphs by name with their colours. The first three are the product's own. */
export function colorOf(subgraph: string): string {
  const own = ['organizations', 'campaigns', 'recognitions'];
  const index = own.indexOf(subgraph);
  if (index >= 0) return COLORS[index] as string;
  const sum = [...subgraph].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return COLORS[own.length + (sum % (COLORS.length - own.length))] as string;
}
