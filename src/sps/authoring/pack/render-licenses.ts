/** What is written about a package in the ZIP; texts are empty when the package does not give them. */
export interface PackageFacts {
  name: string;
  version: string;
  homePage: string;
  license: string;
  /** The name that the package uses. */
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
