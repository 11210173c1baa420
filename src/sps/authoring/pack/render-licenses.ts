/** What is said of a package that the ZIP brings; texts are empty when it says nothing. */
export interface PackageFacts {
  name: string;
  version: string;
  homePage: string;
  license: string;
  /** As the package calls it. */
  licenseField: 'License' | 'License-Expression';
}

/** 3rdparty-licenses.txt, as `pluginv` writes it. Source: Plugin SDK 1.9.1, release task. */
export function renderLicenses(packages: readonly PackageFacts[]): string {
  return packages
    .toSorted((left, right) => (left.name.toLowerCase() < right.name.toLowerCase() ? -1 : 1))
    .map(
      ({ name, homePage, license, licenseField }) =>
        `Name: ${name}\nHome-page: ${homePage}\n${licenseField}: ${license}\n\n`,
    )
    .join('');
}
