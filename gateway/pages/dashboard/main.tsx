import { render } from 'preact';
import './dashboard.css';

render(<main>…</main>, document.getElementById('root')!);
