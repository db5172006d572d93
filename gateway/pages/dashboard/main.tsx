import { render } from 'preact';
import './dashboard.css';
import { language } from '../shared/language.ts';
import { Dashboard } from './Dashboard.tsx';

document.documentElement.lang = language;
const root = document.querySelector('#root');
if (root) render(<Dashboard />, root);
