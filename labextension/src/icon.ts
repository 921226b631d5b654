import { LabIcon } from '@jupyterlab/ui-components';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <circle cx="4.5" cy="17" r="3"/>
    <circle cx="12" cy="12" r="3"/>
    <path d="M19.5 2.5 24 8h-3v9h-3V8h-3z"/>
    <path d="m5.8 14.2 3.6-2.4 1.3 1.8-3.6 2.4zM13.2 9.2l2.6-1.7 1.3 1.8-2.6 1.7z"/>
  </g>
</svg>`;

export const panelIcon = new LabIcon({ name: 'mlpm:panel', svgstr: SVG });
