import { execFileSync } from 'node:child_process';
import path from 'node:path';

const warm = path.resolve(import.meta.dirname, '../../../../src/process/warm');

/** What a program of Python's prints as JSON that has a part of the fork server as `part`. */
export function runPart(file: string, program: string): unknown {
  const load = [
    'import importlib.util, json, os, sys, types',
    'spec = importlib.util.spec_from_file_location("part", sys.argv[1])',
    'part = importlib.util.module_from_spec(spec)',
    'spec.loader.exec_module(part)',
  ];
  const args = ['-B', '-c', [...load, program].join('\n'), path.join(warm, file)];
  return JSON.parse(execFileSync('python3', args, { encoding: 'utf8' }));
}
