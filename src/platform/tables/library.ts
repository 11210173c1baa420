interface LibraryParameter {
  name: string;
  /** As the vendor's signatures name it; undefined where they do not. */
  type: string | undefined;
  isOptional: boolean;
}

export interface LibraryFunction {
  name: string;
  library: string;
  parameters: readonly LibraryParameter[];
}

/** A library that a script may import. */
export interface Library {
  name: string;
  functions: readonly LibraryFunction[];
  /** Variables that its functions set where a script can see them. */
  sets: readonly string[];
  isEmulated: boolean;
}

const parameter = /^(?<name>\w+)(?<optional>\??)(?::(?<type>\w+))?$/;

/** A library from its compact notation: `Name(First Second?:Secret)`, one function after the other. */
export function library(
  name: string,
  functions: string,
  details: { sets?: string; isEmulated?: boolean } = {},
): Library {
  const found = [...functions.matchAll(/\b(\w+)\(([^()]*)\)/g)];
  return {
    name,
    functions: found.map(([, own = '', parameters = '']) => ({
      name: own,
      library: name,
      parameters: words(parameters).map(readParameter),
    })),
    sets: words(details.sets ?? ''),
    isEmulated: details.isEmulated ?? false,
  };
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function readParameter(text: string): LibraryParameter {
  const { name = text, optional, type } = parameter.exec(text)?.groups ?? {};
  return { name, type, isOptional: optional === '?' };
}
