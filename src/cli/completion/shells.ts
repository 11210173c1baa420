/** That completion is for. PowerShell is not: plugin-host does not run on Windows. */
export const shells = ['bash', 'zsh', 'fish'] as const;
