import type { Json } from '../../base/json.ts';
import { renderSuggestion } from '../../base/nearest-name.ts';
import type { ValueFault } from '../../base/problem.ts';
import { checkTargetContent } from '../../targets/description/check-target.ts';
import { checkPatterns, faultAt } from '../../targets/description/fault-at.ts';
import { checkReferences } from '../../targets/description/substitute.ts';
import { operationsOf, type Script } from '../script/script.ts';
import { type CaseParameters, findUndeclared, secretTextsOf } from './case-parameters.ts';
import { layTargets, type PlacedTarget, targetsOf } from './lay-targets.ts';
import type { Keys, LoadedCase, LoadedStep } from './loaded-test.ts';
import { targetSecrets } from './target-secrets.ts';
import type { TestCaseEntry, TestFile, TestStepEntry } from './test-file.ts';

/** Reads the cases of a file, and collects all that is wrong with them. */
export class CaseReader {
  readonly #file: TestFile;
  readonly #folder: string;
  readonly #script: Script | undefined;
  readonly #targets: readonly PlacedTarget[];
  readonly #secrets: Set<string>;
  readonly #faults = new Map<string, ValueFault>();

  /** @param script Undefined when it cannot be run, and so nothing is known of it. */
  constructor(file: TestFile, folder: string, script: Script | undefined) {
    this.#file = file;
    this.#folder = folder;
    this.#script = script;
    this.#targets = targetsOf([], file);
    this.#secrets = new Set(Object.values(file.recorded ?? {}));
    this.#checkParameters([], file);
    this.#checkTargets(this.#targets);
    this.#checkFileReferences();
  }

  get faults(): readonly ValueFault[] {
    return [...this.#faults.values()];
  }

  /** Texts that are secret in any of the cases that were read. */
  get secrets(): readonly string[] {
    return [...this.#secrets];
  }

  read(keys: Keys, given: TestCaseEntry): LoadedCase {
    const { name, steps, realTime, skip = false } = given;
    this.#checkForm(keys, given);
    const own = targetsOf(keys, given);
    this.#checkParameters(keys, given);
    this.#checkTargets(own);
    const { targets, faults } = layTargets(this.#targets, own);
    this.#add(faults);
    const parameters = { ...this.#file.parameters, ...given.parameters };
    this.#checkNames(keys, own, parameters);
    return {
      name,
      keys,
      isSkipped: skip,
      isRealTime: realTime ?? this.#file.realTime ?? false,
      targets,
      recorded: this.#file.recorded ?? {},
      parameters,
      steps:
        steps === undefined
          ? [this.#readStep(keys, given, parameters)]
          : steps.map((each, index) => this.#readStep([...keys, 'steps', index], each, parameters)),
    };
  }

  /** One operation or several, not both. */
  #checkForm(keys: Keys, { operation, steps, expect }: TestCaseEntry): void {
    if (operation === undefined && steps === undefined)
      this.#add([faultAt(keys, 'needs an operation, or steps with an operation each')]);
    if (steps === undefined) return;
    if (operation !== undefined)
      this.#add([faultAt([...keys, 'operation'], 'a case has an operation or steps, not both')]);
    if (expect !== undefined) this.#add([faultAt([...keys, 'expect'], 'belongs to a step where a case has steps')]);
  }

  #readStep(keys: Keys, given: Partial<TestStepEntry>, above: CaseParameters): LoadedStep {
    const { operation = '', expect = {} } = given;
    const parameters = { ...above, ...given.parameters };
    // Of a case without steps it has been done.
    if (keys.includes('steps')) this.#checkParameters(keys, given);
    this.#checkOperation([...keys, 'operation'], given.operation);
    const place = [...keys, 'expect'];
    const expected = expect as { [name: string]: Json };
    this.#add(checkPatterns(place, expected));
    this.#add(checkReferences(expected, [...this.#knownNames(parameters), 'HostKey'], place));
    if (this.#script !== undefined) for (const each of secretTextsOf(parameters, this.#script)) this.#secrets.add(each);
    return { keys, operation, parameters, expect };
  }

  #checkOperation(keys: Keys, name: string | undefined): void {
    if (this.#script === undefined || name === undefined) return;
    const names = operationsOf(this.#script).map((each) => each.name);
    if (names.some((each) => each.toLowerCase() === name.toLowerCase())) return;
    this.#add([faultAt(keys, `the script has no operation ${name}. ${renderSuggestion(name, names)}`)]);
  }

  #checkParameters(keys: Keys, { parameters = {} }: Pick<TestStepEntry, 'parameters'>): void {
    if (this.#script === undefined) return;
    this.#add(findUndeclared([...keys, 'parameters'], parameters, this.#script));
    for (const each of secretTextsOf(parameters, this.#script)) this.#secrets.add(each);
  }

  #checkTargets(targets: readonly PlacedTarget[]): void {
    for (const { keys, target } of targets) {
      this.#add(checkTargetContent(keys, target, { folder: this.#folder }));
      for (const each of targetSecrets(target)) this.#secrets.add(each);
    }
  }

  /** A name that no case gives is wrong where it stands. */
  #checkFileReferences(): void {
    const all = this.#file.cases.flatMap(({ parameters }) => Object.keys(parameters ?? {}));
    const known = [...new Set([...this.#knownNames(this.#file.parameters ?? {}), ...all])];
    for (const { keys, target } of this.#targets) this.#add(checkReferences(target as Json, known, keys));
  }

  /** Of its own targets where the name stands; of those of the file, at the case that does not give it. */
  #checkNames(keys: Keys, own: readonly PlacedTarget[], parameters: CaseParameters): void {
    const known = this.#knownNames(parameters);
    this.#add(own.flatMap((each) => checkReferences(each.target as Json, known, each.keys)));
    if (this.#faults.size > 0) return;
    const missing = this.#targets.flatMap(({ target }) => checkReferences(target as Json, known));
    this.#add(missing.map(({ message }) => faultAt(keys, `the target of the file needs more parameters: ${message}`)));
  }

  #knownNames(parameters: CaseParameters): string[] {
    return [...new Set([...Object.keys(this.#file.recorded ?? {}), ...Object.keys(parameters), 'Address'])];
  }

  /** What concerns the file is found with each case. */
  #add(faults: readonly ValueFault[]): void {
    for (const each of faults) this.#faults.set(`${each.keys.join('\n')}\n${each.message}`, each);
  }
}
