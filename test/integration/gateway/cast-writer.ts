/** Records a terminal that says something for ever, to the file that is named; says each warning. */
import { CastRecorder } from '../../../src/gateway/casting/cast-recorder.ts';

const recorder = new CastRecorder({
  file: process.argv[2] ?? '',
  terminal: { term: 'xterm', columns: 80, rows: 24 },
  secrets: { values: ['hunter22'], text: (text) => text.replaceAll('hunter22', '***') },
  warn: (message) => {
    process.stdout.write(`${message}\n`);
  },
});
const lines = Buffer.from('a line of 32 bytes, and an end \r\n'.repeat(200));
setInterval(() => {
  for (let count = 0; count < 20; count++) recorder.output(lines);
}, 0);
