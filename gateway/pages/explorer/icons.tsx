/** Icons of the panels, drawn as GraphiQL draws its own. */
const icon = (path: string) =>
  function Icon() {
    return (
      <svg
        width="1em"
        height="1em"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d={path} />
      </svg>
    );
  };

export const ExamplesIcon = icon('M5 4h9l5 5v11H5zM14 4v5h5M8 13h8M8 16.5h6');
export const PlanIcon = icon('M3 5h8v4H3zM8 10.5h9v4H8zM13 16h8v4h-8z');
export const MapIcon = icon('M3 4h6v5H3zM15 4h6v5h-6zM9 15h6v5H9zM9 6.5h6M6 9v3l4 3M18 9v3l-4 3');
export const SourceIcon = icon('M5 4h14v16H5zM8 8h8M8 12h8M8 16h4');
export const KeyIcon = icon('M8 15a4 4 0 1 1 3.5-5.9H21v3h-2v3h-3v-3h-4.5A4 4 0 0 1 8 15z');
export const ShareIcon = icon(
  'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.5l-3 3A4 4 0 0 0 10.7 18.2L12 17',
);
export const TakeIcon = icon('M12 4v11M7.5 11 12 15.5 16.5 11M4 20h16');
